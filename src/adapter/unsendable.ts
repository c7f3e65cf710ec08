/** What of an input would not reach AWS as the caller meant it, whatever AWS's model says of its members. */
import { type InputIssue, issueAt } from '../errors.ts';
import { isExact, isLargeNumber } from '../json/exact-numbers.ts';
import { MAX_DEPTH } from './exact-json.ts';

/** What was found in an input. */
class Unsendable {
  readonly issues: InputIssue[] = [];
  /** Whether some of it is nested so deeply that nothing that follows members into members may look at it. */
  tooDeep = false;
  readonly #path: string[];

  constructor(at: readonly string[]) {
    this.#path = [...at];
  }

  look(value: unknown): void {
    const requirement = requirementOf(value);
    if (requirement !== undefined) this.#tell(requirement);
    else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
      this.#lookInto(value);
  }

  #lookInto(value: object): void {
    if (this.#path.length > MAX_DEPTH) {
      this.tooDeep = true;
      this.#tell(`must not be nested more than ${MAX_DEPTH} levels deep`);
      return;
    }
    for (const [name, held] of Object.entries(value)) {
      this.#path.push(name);
      const misnamed = requirementOfName(name);
      if (misnamed === undefined) this.look(held);
      else this.#tell(misnamed);
      this.#path.pop();
    }
  }

  #tell(requirement: string): void {
    this.issues.push(issueAt([...this.#path], requirement));
  }
}

/** Looks through an input, and through the free-form JSON in it. `at` is where the input is. */
export function unsendableIn(
  input: unknown,
  at: readonly string[] = [],
): Pick<Unsendable, 'issues' | 'tooDeep'> {
  const found = new Unsendable(at);
  found.look(input);
  return found;
}

const halfPair = 'half of a surrogate pair, which has no form in UTF-8';
const exact = `must be a number that needs no rounding, from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}; write any other as a string`;

function requirementOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : `must not have ${halfPair}`;
  return isLargeNumber(value) || (typeof value === 'number' && !isExact(value)) ? exact : undefined;
}

function requirementOfName(name: string): string | undefined {
  // The SDK leaves this one out of what it reads.
  if (name === '__proto__') return 'must have another name: JavaScript keeps this one for itself';
  return name.isWellFormed() ? undefined : `must have a name without ${halfPair}`;
}

/**
 * What of an input would not reach AWS as the caller meant it, or could not be kept in the database until it does, whatever
 * AWS's model says of its members.
 */
import { charactersOf, type InputIssue, isMoreThanTold, issueAt } from '../errors.ts';
import { isExact, isLargeNumber } from '../json/exact-numbers.ts';
import { MAX_DEPTH } from './exact-json.ts';

/** What was found in an input. */
class Unsendable {
  readonly issues: InputIssue[] = [];
  /** Whether some of it is nested so deeply that nothing that follows members into members may look at it. */
  tooDeep = false;
  /** Whether there is more than an error tells, so that nothing further is looked at. */
  tooMany = false;
  #characters = 0;
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
      if (this.tooMany) return;
      this.#path.push(name);
      const misnamed = requirementOfName(name);
      if (misnamed === undefined) this.look(held);
      else this.#tell(misnamed);
      this.#path.pop();
    }
  }

  #tell(requirement: string): void {
    const issue = issueAt([...this.#path], requirement);
    this.issues.push(issue);
    this.#characters += charactersOf(issue);
    this.tooMany = isMoreThanTold(this.issues.length, this.#characters);
  }
}

/** Looks through an input, and through the free-form JSON in it, as far as is told. `at` is where the input is. */
export function unsendableIn(
  input: unknown,
  at: readonly string[] = [],
): Pick<Unsendable, 'issues' | 'tooDeep' | 'tooMany'> {
  const found = new Unsendable(at);
  found.look(input);
  return found;
}

/** What texts must not have. UTF-8 has no form for the one, PostgreSQL none for the other. */
function unfitIn(text: string): string | undefined {
  if (!text.isWellFormed()) return 'half of a surrogate pair, which has no form in UTF-8';
  return text.includes('\u0000') ? 'the character U+0000' : undefined;
}

const exact = `must be a number that needs no rounding, from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}; write any other as a string`;

function requirementOf(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const unfit = unfitIn(value);
    return unfit && `must not have ${unfit}`;
  }
  return isLargeNumber(value) || (typeof value === 'number' && !isExact(value)) ? exact : undefined;
}

function requirementOfName(name: string): string | undefined {
  // The SDK leaves this one out of what it reads.
  if (name === '__proto__') return 'must have another name: JavaScript keeps this one for itself';
  const unfit = unfitIn(name);
  return unfit && `must have a name without ${unfit}`;
}

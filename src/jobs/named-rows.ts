/** Things that the rows of a job name: of two that name the same, nobody knows which one would be performed first. */
import { type InputIssue, type InvalidInputError, invalidInput, issueAt } from '../errors.ts';
import type { Naming } from './job-kind.ts';

export class NamedRows {
  /** The places of the first rows of a name: lines, or positions from 0. */
  readonly #places = new Map<string, string>();
  #count = 0;

  /**
   * Takes down what a row names.
   *
   * @returns What is wrong with it, if another has named the same.
   */
  faultOf(identity: readonly Naming[], line: number | null): InvalidInputError | undefined {
    const place = line === null ? `row ${this.#count}` : `line ${line}`;
    this.#count += 1;
    const issues = identity.flatMap(naming => {
      const first = this.#places.get(naming.name);
      return first === undefined ? [] : issuesOf(naming, first);
    });
    if (issues.length > 0) return invalidInput(issues);
    for (const { name } of identity) this.#places.set(name, place);
    return undefined;
  }
}

/** The refusal of a row that is about the same as another, which names it by something else; by the place of that. */
export function repeatOf(identity: readonly Naming[], place: string): InvalidInputError {
  return invalidInput(identity.flatMap(naming => issuesOf(naming, place)));
}

function issuesOf({ at }: Naming, place: string): InputIssue[] {
  return at.map(path => issueAt(path, `names the same as ${place} does`));
}

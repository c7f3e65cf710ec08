/** Things that the rows of a job name: of two that name the same, nobody knows which one would be performed first. */
import { type InputIssue, type InvalidInputError, invalidInput, issueAt } from '../errors.ts';
import type { Naming } from './job-kind.ts';

export class NamedRows {
  /** The places of the first rows of a name: lines, or positions from 0. */
  readonly #places = new Map<string, string>();

  /**
   * Takes down what a row names, also if something is wrong with it: it is told of all others at once what it will stand in
   * the way of.
   *
   * @returns What is wrong with it, if others have named the same.
   */
  issuesOf(identity: readonly Naming[], place: string): readonly InputIssue[] {
    const issues = identity.flatMap(naming => {
      const first = this.#places.get(naming.name);
      return first === undefined ? [] : issuesOf(naming, first);
    });
    for (const { name } of identity) if (!this.#places.has(name)) this.#places.set(name, place);
    return issues;
  }
}

/** The refusal of a row that is about the same as another, which names it by something else; by the place of that. */
export function repeatOf(identity: readonly Naming[], place: string): InvalidInputError {
  return invalidInput(identity.flatMap(naming => issuesOf(naming, place)));
}

function issuesOf({ at }: Naming, place: string): InputIssue[] {
  return at.map(path => issueAt(path, `names the same as ${place} does`));
}

/** Things that the rows of a job name: of two that name the same, nobody knows which one would be performed first. */
import { type InvalidInputError, invalidInput } from '../errors.ts';

export class NamedRows {
  /** The places of the first rows of a name: lines, or positions from 0. */
  readonly #places = new Map<string, string>();
  #count = 0;

  /**
   * Takes down what a row names.
   *
   * @returns What is wrong with it, if another has named the same.
   */
  faultOf(identity: readonly string[], line: number | null): InvalidInputError | undefined {
    const place = line === null ? `row ${this.#count}` : `line ${line}`;
    this.#count += 1;
    const first = identity.map(name => this.#places.get(name)).find(known => known !== undefined);
    if (first !== undefined) return repeatOf(first);
    for (const name of identity) this.#places.set(name, place);
    return undefined;
  }
}

/** The refusal of a row that is about the same as another, by the place of that. */
export function repeatOf(place: string): InvalidInputError {
  return invalidInput([{ path: [], message: `It names the same as ${place} does.` }]);
}

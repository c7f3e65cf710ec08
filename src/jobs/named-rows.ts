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
  faultOf(identity: string | undefined, line: number | null): InvalidInputError | undefined {
    const place = line === null ? `row ${this.#count}` : `line ${line}`;
    this.#count += 1;
    if (identity === undefined) return undefined;
    const first = this.#places.get(identity);
    if (first === undefined) {
      this.#places.set(identity, place);
      return undefined;
    }
    return invalidInput([{ path: [], message: `It names the same as ${first} does.` }]);
  }
}

import { mostItems } from '../../../schema/operation/most-items.ts';
import type { InputBuilder } from '../../../schema/operation/mutation.ts';

/** What the changes of faces take. */
export function faceIdsInput(t: InputBuilder, what: string) {
  return t.stringList({
    required: true,
    description: `The ids of the faces ${what}; ${mostItems}.`,
  });
}

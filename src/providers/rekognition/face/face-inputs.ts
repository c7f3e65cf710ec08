import type { InputBuilder } from '../../../schema/operation/mutation.ts';

/** What the changes of faces take: up to 10,000 of them by default. */
export function faceIdsInput(t: InputBuilder, what: string) {
  return t.stringList({
    required: true,
    description: `The ids of the faces ${what}; up to 10,000 of them by default.`,
  });
}

import type { InputBuilder } from '../../../schema/operation/mutation.ts';

/** What the changes of faces take: any number of them. */
export function faceIdsInput(t: InputBuilder, what: string) {
  return t.stringList({ required: true, description: `The ids of the faces ${what}; any number of them.` });
}

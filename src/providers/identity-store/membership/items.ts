/** Users of a batch: what is wrong with one is told where the caller gave it. */
import { InvalidInputError, movedInput } from '../../../errors.ts';

export interface Item {
  readonly userId: string;
  readonly at: number;
}

export function itemsOf(userIds: readonly string[]): Item[] {
  return userIds.map((userId, at) => ({ userId, at }));
}

/** What comes of an item, in the caller's terms. */
export async function asItem<Outcome>({ at }: Item, outcome: Promise<Outcome>): Promise<Outcome> {
  try {
    return await outcome;
  } catch (error) {
    throw error instanceof InvalidInputError
      ? movedInput(error, [[['userId'], ['userIds', String(at)]]])
      : error;
  }
}

/** The changes that the gateway finds out about when their answers are lost. */
import { type Change, changes } from './mutations.ts';

/** Whether AWS refuses to make the same twice: of what it makes anew each time, nothing tells what became of a create. */
export const isUnique = ({ mutation, operation, effect }: Change): boolean =>
  effect === 'repeatableChange' ||
  mutation.aws.some(({ name, meanings }) => name === operation && meanings.includes('conflict'));

/** Batches tell for each item what became of it, and have tests of their own. */
export const single: readonly Change[] = changes.filter(({ mutation }) => !mutation.hasOutcomes);

export const allCreates: readonly Change[] = single.filter(({ field }) => field.startsWith('create'));

/** Creates of what is unique, and deletes; those that AWS performs twice as once are sent again instead. */
export const settledChanges: readonly Change[] = single.filter(
  change =>
    change.effect !== 'idempotentChange' &&
    (change.field.startsWith('delete') || (change.field.startsWith('create') && isUnique(change))),
);

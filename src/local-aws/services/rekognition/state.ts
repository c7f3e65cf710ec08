import { Idempotency, type TokenRow } from '../../idempotency.ts';
import type { Store } from '../../store.ts';
import type { Table } from '../../table.ts';

/** A collection, as it is kept. `createdAt` is in seconds since 1970. */
export interface Collection {
  readonly id: string;
  readonly createdAt: number;
}

/** A user of a collection, as it is kept. */
export interface CollectionUser {
  readonly UserId: string;
  readonly UserStatus: 'CREATED';
}

/** What Rekognition's operations work on. */
export interface RekognitionState {
  /** Under the one parent {@link everything}, by id. */
  readonly collections: Table<Collection>;
  /** Under their collection, by user id. */
  readonly users: Table<CollectionUser>;
  readonly idempotency: Idempotency;
  readonly clock: () => Date;
}

/** The parent of rows that have none. */
export const everything = '';

export function rekognitionState(store: Store, clock: () => Date): RekognitionState {
  return {
    collections: store.table<Collection>('rekognition.collections', {}),
    users: store.table<CollectionUser>('rekognition.users', {}),
    idempotency: new Idempotency(store.table<TokenRow>('rekognition.tokens', {}), clock),
    clock,
  };
}

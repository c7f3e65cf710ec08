import type { UserStatus } from '@aws-sdk/client-rekognition';
import type { Database } from '../../database.ts';
import { entityTable } from '../../entity-table.ts';
import { Idempotency } from '../../idempotency.ts';
import { Table } from '../../table.ts';

/** A collection, as it is kept. `createdAt` is in seconds since 1970. */
export interface Collection {
  readonly id: string;
  readonly createdAt: number;
  /** Absent in files of versions that kept none. */
  readonly tags?: Tags | undefined;
}

/** A resource's tags, by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** A user of a collection, as it is kept. */
export interface CollectionUser {
  readonly CollectionId: string;
  readonly UserId: string;
  readonly UserStatus: UserStatus;
}

/** What Rekognition's operations work on. */
export interface RekognitionState {
  readonly collections: Table<Collection, 'CollectionId'>;
  readonly users: Table<CollectionUser, 'CollectionId' | 'UserId'>;
  readonly idempotency: Idempotency;
  readonly clock: () => Date;
}

const collectionTable = `
CREATE TABLE IF NOT EXISTS rekognition_collections (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  CollectionId TEXT NOT NULL AS (entity ->> 'id') UNIQUE
) STRICT;
`;

const userTable = entityTable('rekognition_users', {
  parent: 'CollectionId',
  parentTable: 'rekognition_collections',
  id: 'UserId',
});

/** Rekognition's part of the state. */
export function rekognitionState(database: Database, clock: () => Date): RekognitionState {
  database.declare(collectionTable);
  database.declare(userTable);
  return {
    collections: new Table(database, 'rekognition_collections'),
    users: new Table(database, 'rekognition_users'),
    idempotency: new Idempotency(database, 'rekognition_tokens', clock),
    clock,
  };
}

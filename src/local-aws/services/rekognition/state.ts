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
  /** One that was seeded, which it has until its faces are changed. */
  readonly UserStatus?: UserStatus;
  /** When its faces were changed the last time, in milliseconds since 1970. */
  readonly changedAt?: number;
}

/** Where a face is in its image, as fractions of the image's sides. */
export interface Box {
  readonly Width: number;
  readonly Height: number;
  readonly Left: number;
  readonly Top: number;
}

/** A face of a collection, as it is kept. */
export interface StoredFace {
  readonly CollectionId: string;
  readonly FaceId: string;
  readonly ImageId: string;
  readonly ExternalImageId?: string;
  readonly BoundingBox: Box;
  readonly Confidence: number;
  /** The user that it is associated with. */
  readonly UserId?: string;
  /** Stands for the person whose face it is. */
  readonly person: string;
  /** Its place among the faces of its image. */
  readonly index: number;
}

/** What Rekognition's operations work on. */
export interface RekognitionState {
  readonly collections: Table<Collection, 'CollectionId'>;
  readonly users: Table<CollectionUser, 'CollectionId' | 'UserId'>;
  readonly faces: Table<StoredFace, 'CollectionId' | 'FaceId' | 'UserId' | 'ImageId'>;
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

const faceTable = `
CREATE TABLE IF NOT EXISTS rekognition_faces (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  CollectionId TEXT NOT NULL AS (entity ->> 'CollectionId')
    REFERENCES rekognition_collections (CollectionId) ON DELETE CASCADE,
  FaceId TEXT NOT NULL AS (entity ->> 'FaceId'),
  UserId TEXT AS (entity ->> 'UserId'),
  ImageId TEXT NOT NULL AS (entity ->> 'ImageId'),
  UNIQUE (CollectionId, FaceId)
) STRICT;
CREATE INDEX IF NOT EXISTS rekognition_faces_in_order ON rekognition_faces (CollectionId, position);
CREATE INDEX IF NOT EXISTS rekognition_faces_of_users ON rekognition_faces (CollectionId, UserId, position);
CREATE INDEX IF NOT EXISTS rekognition_faces_of_images ON rekognition_faces (CollectionId, ImageId);
`;

/** Rekognition's part of the state. */
export function rekognitionState(database: Database, clock: () => Date): RekognitionState {
  database.declare(collectionTable);
  database.declare(userTable);
  database.declare(faceTable);
  return {
    collections: new Table(database, 'rekognition_collections'),
    users: new Table(database, 'rekognition_users'),
    faces: new Table(database, 'rekognition_faces'),
    idempotency: new Idempotency(database, 'rekognition_tokens', clock),
    clock,
  };
}

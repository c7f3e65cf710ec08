/** The demo world in Rekognition: a collection with users and faces, and one to spare. */
import type { Seed } from '../seeds.ts';
import { facesIn } from '../services/rekognition/image.ts';
import { newFace } from '../services/rekognition/new-face.ts';
import type { RekognitionState } from '../services/rekognition/state.ts';
import { insertAll } from './insert-all.ts';

/** What it has. */
export const demoRekognition = {
  collectionId: 'employees',
  userIds: ['ada', 'grace', 'alan'],
  /** One to spare. */
  emptyCollectionId: 'contractors',
  /** Of one picture each, in base64; what is of no user is to spare. */
  faces: [
    {
      faceId: '0a1b2c3d-4e5f-4a6b-8c7d-0000000000b2',
      externalImageId: 'grace.png',
      userId: 'grace',
      image:
        'iVBORw0KGgoAAAANSUhEUgAAAFAAAABQAQAAAACmas8AAAAAFElEQVR42mMwhgOGUeYoc5RJWyYAAH6fYYhrqywAAAAASUVORK5CYII=',
    },
    {
      faceId: '0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1',
      externalImageId: 'ada.png',
      userId: undefined,
      image:
        'iVBORw0KGgoAAAANSUhEUgAAAFAAAABQAQAAAACmas8AAAAAFElEQVR42mPghwOGUeYoc5RJWyYAmSAu4WCUvJEAAAAASUVORK5CYII=',
    },
    {
      faceId: '0a1b2c3d-4e5f-4a6b-8c7d-0000000000f6',
      externalImageId: 'somebody.png',
      userId: undefined,
      image:
        'iVBORw0KGgoAAAANSUhEUgAAAFAAAABQAQAAAACmas8AAAAAFElEQVR42mMIhQOGUeYoc5RJWyYAqSgJsPDcMJQAAAAASUVORK5CYII=',
    },
  ],
} as const;

/** Its parts, each in one table; one that is in another comes after it. */
export function demoRekognitionSeeds(
  state: Pick<RekognitionState, 'collections' | 'users' | 'faces'>,
  clock: () => Date,
): Seed[] {
  return [
    {
      name: `the collection ${demoRekognition.collectionId}`,
      table: 'rekognition_collections',
      sow: () => sowCollection(state, demoRekognition.collectionId, clock()),
    },
    {
      name: `the collection ${demoRekognition.emptyCollectionId}`,
      table: 'rekognition_collections',
      sow: () => sowCollection(state, demoRekognition.emptyCollectionId, clock()),
    },
    {
      name: `users of the collection ${demoRekognition.collectionId}`,
      table: 'rekognition_users',
      sow: () => sowCollectionUsers(state),
    },
    {
      name: `faces of the collection ${demoRekognition.collectionId}`,
      table: 'rekognition_faces',
      sow: () => sowFaces(state),
    },
  ];
}

function sowCollection(
  { collections }: Pick<RekognitionState, 'collections'>,
  id: string,
  now: Date,
): boolean {
  return collections.insertIfFree({ id, createdAt: now.getTime() / 1000 });
}

function sowCollectionUsers({
  collections,
  users,
}: Pick<RekognitionState, 'collections' | 'users'>): boolean {
  const { collectionId: CollectionId, userIds } = demoRekognition;
  if (!collections.find({ CollectionId })) return false;
  return insertAll(
    users,
    userIds.map(UserId => ({ CollectionId, UserId })),
  );
}

function sowFaces({
  collections,
  users,
  faces,
}: Pick<RekognitionState, 'collections' | 'users' | 'faces'>): boolean {
  const { collectionId: CollectionId, faces: demoFaces } = demoRekognition;
  if (!collections.find({ CollectionId })) return false;
  const made = demoFaces.map(({ faceId, externalImageId, userId, image }) => {
    const [detected] = facesIn({ Bytes: Buffer.from(image, 'base64') });
    if (!detected) throw new Error('A picture of the demo world has no face.');
    const user = userId === undefined ? undefined : users.find({ CollectionId, UserId: userId });
    // Long ago, so that it is ACTIVE.
    if (user) users.replace({ CollectionId, UserId: user.UserId }, { ...user, changedAt: 0 });
    const face = newFace(CollectionId, detected, { faces: 1, externalImageId, faceId });
    return user ? { ...face, UserId: user.UserId } : face;
  });
  return insertAll(faces, made);
}

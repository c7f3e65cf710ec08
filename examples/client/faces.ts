/** Faces of Rekognition: a picture is sent as a file, and finds its user. */
import type { Client } from '@urql/core';
import { resultOf } from './gateway.ts';
import {
  AssociateFacesDocument,
  CreateFaceUserDocument,
  IndexFacesDocument,
  SearchUsersDocument,
} from './generated/graphql.ts';
import { explain } from './refusal.ts';

/** Creates a user of a collection who is known by the largest face of a picture. */
export async function enrol(
  client: Client,
  collectionId: string,
  userId: string,
  picture: Blob,
): Promise<boolean> {
  const created = resultOf(
    await client.mutation(CreateFaceUserDocument, { input: { collectionId, userId } }),
  );
  if (created.__typename !== 'CreateRekognitionUserSuccess') return refused(userId, explain(created));

  const image = { upload: picture };
  const indexed = resultOf(
    await client.mutation(IndexFacesDocument, { input: { collectionId, image, maxFaces: 1 } }),
  );
  if (indexed.__typename !== 'IndexRekognitionFacesSuccess') return refused(userId, explain(indexed));
  const faceIds = indexed.faceRecords.map(({ face }) => face.faceId);
  if (faceIds.length === 0) return refused(userId, 'There is no face in the picture.');

  const associated = resultOf(
    await client.mutation(AssociateFacesDocument, { input: { collectionId, userId, faceIds } }),
  );
  if (associated.__typename !== 'AssociateRekognitionFacesSuccess') {
    return refused(userId, explain(associated));
  }
  // Each face has an outcome of its own: some may be associated, and others not.
  for (const outcome of associated.outcomes) {
    if (outcome.__typename !== 'AssociateRekognitionFaceSucceeded') return refused(userId, explain(outcome));
  }
  console.log(`Enrolled ${userId}.`);
  return true;
}

function refused(userId: string, why: string): false {
  console.log(`${userId} was not enrolled. ${why}`);
  return false;
}

/** The users who are in a picture, the most alike first. */
export async function whoIsIn(
  client: Client,
  collectionId: string,
  picture: Blob,
): Promise<readonly string[]> {
  const { matches } = resultOf(await client.query(SearchUsersDocument, { collectionId, picture }));
  return matches.map(({ user }) => user.userId);
}

/** Faces of collections: indexed, tied to users, searched and deleted. */
import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { useGateway } from '../../support/gateway.ts';
import { picture } from '../../support/images.ts';
import { refuses, runMutation } from '../../support/mutations.ts';
import { conflict, invalid, notFound } from '../../support/refusals.ts';

const gateway = useGateway();
const collectionId = 'employees';
const [ofGrace, ofAda, spare] = demoWorld.rekognition.faces;
const NOBODY = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

const base64 = (image: Buffer) => image.toString('base64');
const globalId = (faceId: string) =>
  Buffer.from(`RekognitionFace:${collectionId}/${faceId}`).toString('base64url');
const inFolder = (name: string) => ({ s3Object: { bucket: 'photos', name } });

/** Indexes an image, and gives the ids of its faces. */
async function indexed(image: object): Promise<string[]> {
  const { faceRecords } = await runMutation(
    gateway,
    'indexRekognitionFaces',
    { collectionId, image },
    'faceRecords { face { faceId } }',
  );
  gateway.localAws.requests.clear();
  return faceRecords.map(({ face }: { face: { faceId: string } }) => face.faceId);
}

const outcomes = `outcomes {
  __typename
  ... on Error { message code retryable }
  ... on NotFoundError { resourceType resourceId }
`;

async function change(kind: 'associate' | 'disassociate', userId: string, faceIds: string[], more = {}) {
  const typeName = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}RekognitionFace`;
  return runMutation(
    gateway,
    `${kind}RekognitionFaces`,
    { collectionId, userId, faceIds, ...more },
    `user { userId userStatus } ${outcomes} ... on ${typeName}Succeeded { collectionId faceId } ... on ConflictError { reason } }`,
  );
}

const succeeded = (kind: string) => (faceId: string) => ({
  __typename: `${kind}RekognitionFaceSucceeded`,
  collectionId,
  faceId,
});

const associatedFace = succeeded('Associate');
const disassociatedFace = succeeded('Disassociate');

const missingFace = {
  ...notFound('FACE', NOBODY, `There is no face "${NOBODY}" in the collection "employees".`),
};

describe('indexRekognitionFaces', () => {
  test('adds the faces of an image, and tells what Rekognition saw', async () => {
    const { faceRecords, unindexedFaces } = await runMutation(
      gateway,
      'indexRekognitionFaces',
      {
        collectionId,
        image: { bytes: base64(picture(160, 80)) },
        externalImageId: 'two.png',
        maxFaces: 1,
        qualityFilter: 'NONE',
        detectionAttributes: ['ALL'],
      },
      `faceRecords {
        face { id collectionId externalImageId confidence indexFacesModelVersion userId user { userId } }
        faceDetail { confidence landmarks { type x } pose { yaw } quality { sharpness } boundingBox { width } smile { value } }
      }
      unindexedFaces { reasons faceDetail { confidence } }`,
    );
    const number = expect.any(Number);
    expect({ faceRecords, unindexedFaces }).toEqual({
      faceRecords: [
        {
          face: {
            id: expect.any(String),
            collectionId,
            externalImageId: 'two.png',
            confidence: number,
            indexFacesModelVersion: '7.0',
            userId: null,
            user: null,
          },
          faceDetail: {
            confidence: number,
            landmarks: ['eyeLeft', 'eyeRight', 'mouthLeft', 'mouthRight', 'nose'].map(type => ({
              type,
              x: number,
            })),
            pose: { yaw: number },
            quality: { sharpness: number },
            boundingBox: { width: number },
            smile: null,
          },
        },
      ],
      unindexedFaces: [{ reasons: ['EXCEEDS_MAX_FACES'], faceDetail: { confidence: number } }],
    });
    expect(gateway.calls()).toEqual(['IndexFaces']);
  });

  refuses(gateway, 'indexRekognitionFaces', [
    [
      { collectionId, image: { bytes: base64(Buffer.from('GIF89a')) } },
      invalid('image.bytes must be a JPEG or PNG image.'),
    ],
    [
      { collectionId: 'no spaces', image: { bytes: '' }, maxFaces: 0 },
      invalid(
        'collectionId may contain only letters, digits, "_", "." and "-".',
        'image.bytes must not be empty.',
        'maxFaces must be at least 1.',
      ),
    ],
    [
      { collectionId: 'visitors', image: { bytes: base64(picture()) } },
      notFound('COLLECTION', 'visitors', 'There is no collection "visitors".'),
    ],
  ]);
});

describe('associateRekognitionFaces', () => {
  test('has an outcome for each face in the order asked, and the status of the user', async () => {
    const [other = ''] = await indexed({ bytes: base64(picture()) });
    const { faceId } = ofAda;
    expect(await change('associate', 'ada', [faceId])).toEqual({
      __typename: 'AssociateRekognitionFacesSuccess',
      user: { userId: 'ada', userStatus: 'UPDATING' },
      outcomes: [associatedFace(faceId)],
    });
    const answer = await change('associate', 'ada', [NOBODY, faceId, other, ofGrace.faceId, faceId]);
    const { reason, ...unlike } = answer.outcomes[2];
    expect(reason).toBe('LOW_MATCH_CONFIDENCE');
    expect(unlike.message).toMatch(
      new RegExp(`^The face "${other}" is too little like the faces of the user, by [0-9.]+%\\.$`),
    );
    expect([...answer.outcomes.slice(0, 2), ...answer.outcomes.slice(3)]).toEqual([
      missingFace,
      associatedFace(faceId),
      conflict('ASSOCIATED_TO_A_USER', `The face "${ofGrace.faceId}" is associated with the user "grace".`),
      associatedFace(faceId),
    ]);
    expect(gateway.log.at(-1)).toMatchObject({
      refusals: [{ code: 'NOT_FOUND' }, { code: 'CONFLICT' }, { code: 'CONFLICT' }],
    });
  });

  test('takes any number of faces, a hundred with each call, one call after the other', async () => {
    const faceIds = Array.from(
      { length: 250 },
      (_, at) => `0a1b2c3d-4e5f-4a6b-8c7d-${String(at).padStart(12, '0')}`,
    );
    const answer = await change('disassociate', 'grace', [...faceIds, ofGrace.faceId]);
    expect(gateway.calls()).toEqual(['DisassociateFaces', 'DisassociateFaces', 'DisassociateFaces']);
    expect(answer.outcomes).toHaveLength(251);
    expect(answer.outcomes[149]).toMatchObject({ __typename: 'NotFoundError', resourceId: faceIds[149] });
    expect(answer.outcomes[250]).toEqual(disassociatedFace(ofGrace.faceId));
  });

  test('tells what befell a later call in its outcomes alone', async () => {
    const faces: string[] = [];
    for (let at = 0; at < 101; at += 1) faces.push(...(await indexed(inFolder(`ada/${at}.jpg`))));
    const { outcomes: told } = await change('associate', 'ada', faces);
    expect(told.slice(0, 100)).toEqual(faces.slice(0, 100).map(associatedFace));
    expect(told[100]).toMatchObject({ __typename: 'QuotaExceededError', code: 'QUOTA_EXCEEDED' });
  });

  test('recognises a repeat by its key, and another input under it', async () => {
    const key = { idempotencyKey: 'once' };
    await change('associate', 'ada', [ofAda.faceId], key);
    expect(await change('associate', 'ada', [ofAda.faceId], key)).toMatchObject({
      outcomes: [associatedFace(ofAda.faceId)],
    });
    expect(await change('associate', 'ada', [spare.faceId], key)).toMatchObject({
      __typename: 'IdempotencyMismatchError',
    });
  });

  refuses(gateway, 'associateRekognitionFaces', [
    [
      {
        collectionId,
        userId: '',
        faceIds: [...Array.from({ length: 100 }, () => NOBODY), 'X'],
        userMatchThreshold: 101,
      },
      invalid(
        'userId must not be empty.',
        'userMatchThreshold must be at most 100.',
        'faceIds.100 must be a UUID in lower case.',
      ),
    ],
    [
      { collectionId, userId: 'nobody', faceIds: [ofAda.faceId] },
      notFound('USER', 'nobody', 'There is no user "nobody" in a collection "employees".'),
    ],
  ]);
});

test('disassociateRekognitionFaces takes faces from a user, and leaves those of nobody as they are', async () => {
  expect(await change('disassociate', 'grace', [ofGrace.faceId, ofAda.faceId])).toEqual({
    __typename: 'DisassociateRekognitionFacesSuccess',
    user: { userId: 'grace', userStatus: 'UPDATING' },
    outcomes: [disassociatedFace(ofGrace.faceId), disassociatedFace(ofAda.faceId)],
  });
});

describe('deleteRekognitionFaces', () => {
  const faceIds = [spare.faceId, ofGrace.faceId, NOBODY];
  const select = `${outcomes} ... on DeleteRekognitionFaceSucceeded { deletedFaceId faceId } ... on ConflictError { reason } }`;
  const deleted = {
    __typename: 'DeleteRekognitionFaceSucceeded',
    deletedFaceId: globalId(spare.faceId),
    faceId: spare.faceId,
  };
  const kept = conflict(
    'ASSOCIATED_TO_A_USER',
    `The face "${ofGrace.faceId}" is associated with the user "grace".`,
  );

  test('deletes faces, and keeps those of users', async () => {
    const answer = await runMutation(gateway, 'deleteRekognitionFaces', { collectionId, faceIds }, select);
    expect(answer.outcomes).toEqual([deleted, kept, missingFace]);
  });

  test('finds out what became of faces when the answer was lost', async () => {
    gateway.localAws.faults.add({
      operation: 'DeleteFaces',
      times: 1,
      effect: { type: 'drop', when: 'after' },
    });
    const answer = await runMutation(gateway, 'deleteRekognitionFaces', { collectionId, faceIds }, select);
    // Whoever deleted it: one that was never there is gone, too.
    expect(answer.outcomes).toEqual([
      deleted,
      kept,
      { __typename: 'DeleteRekognitionFaceSucceeded', deletedFaceId: globalId(NOBODY), faceId: NOBODY },
    ]);
    expect(gateway.calls()).toEqual(['DeleteFaces', 'ListFaces']);
  });

  test('deletes them when the lost call had not', async () => {
    gateway.localAws.faults.add({
      operation: 'DeleteFaces',
      times: 1,
      effect: { type: 'drop', when: 'before' },
    });
    const answer = await runMutation(gateway, 'deleteRekognitionFaces', { collectionId, faceIds }, select);
    expect(answer.outcomes).toEqual([deleted, kept, missingFace]);
  });
});

describe('rekognitionFace and the faces of collections and users', () => {
  test('are the same faces', async () => {
    const face = '__typename id faceId externalImageId userId';
    const { data, errors } = await gateway.query(`{
      rekognitionFace(collectionId: "employees", faceId: "${ofGrace.faceId}") { ${face} user { userId userStatus } }
      rekognitionUser(collectionId: "employees", userId: "grace") { faces { edges { node { ${face} } } } }
      rekognitionCollection(collectionId: "employees") { faces(first: 2) { edges { node { ${face} } } pageInfo { hasNextPage } } }
    }`);
    expect(errors).toBeUndefined();
    const grace = {
      __typename: 'RekognitionFace',
      id: globalId(ofGrace.faceId),
      faceId: ofGrace.faceId,
      externalImageId: 'grace.png',
      userId: 'grace',
    };
    expect(data).toEqual({
      rekognitionFace: { ...grace, user: { userId: 'grace', userStatus: 'ACTIVE' } },
      rekognitionUser: { faces: { edges: [{ node: grace }] } },
      rekognitionCollection: {
        faces: {
          edges: [{ node: grace }, { node: expect.objectContaining({ faceId: ofAda.faceId, userId: null }) }],
          pageInfo: { hasNextPage: true },
        },
      },
    });
  });

  test('are found by one call for all faces of a collection', async () => {
    const ids = [ofGrace, ofAda, spare].map(({ faceId }) => globalId(faceId));
    const { data } = await gateway.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [...ids, globalId(NOBODY)],
    });
    expect(data.nodes).toEqual([...ids.map(id => ({ id })), null]);
    expect(gateway.calls()).toEqual(['ListFaces']);
  });
});

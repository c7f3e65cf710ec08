/** Searches for users and faces, and what AWS says of images that it refuses. */
import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { useGateway } from '../../support/gateway.ts';
import { jpegHead, picture } from '../../support/images.ts';
import { runMutation } from '../../support/mutations.ts';

const gateway = useGateway();
const collectionId = 'employees';
const [ofGrace, ofAda] = demoWorld.rekognition.faces;
const NOBODY = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

const base64 = (image: Buffer) => image.toString('base64');
const inFolder = (name: string) => ({ s3Object: { bucket: 'photos', name } });

/** Indexes the picture of Grace once more, and gives the id of the face. */
async function indexAgain(): Promise<string> {
  const { faceRecords } = await runMutation(
    gateway,
    'indexRekognitionFaces',
    { collectionId, image: { bytes: ofGrace.image } },
    'faceRecords { face { faceId } }',
  );
  gateway.localAws.requests.clear();
  return faceRecords[0].face.faceId;
}

const searchUsers = async (by: object, more = {}) => {
  const { data, errors } = await gateway.query(
    `query ($by: SearchRekognitionUsersBy!, $threshold: Float, $max: Int) {
      result: searchRekognitionUsers(collectionId: "employees", by: $by, userMatchThreshold: $threshold, maxUsers: $max) {
        matches { similarity user { id userId userStatus } } searchedFace { confidence }
      }
    }`,
    { by, ...more },
  );
  expect(errors).toBeUndefined();
  return data.result;
};

describe('searchRekognitionUsers', () => {
  const graceMatch = {
    similarity: 99.99999237060547,
    user: {
      id: Buffer.from('RekognitionUser:employees/grace').toString('base64url'),
      userId: 'grace',
      userStatus: 'ACTIVE',
    },
  };

  test('finds the user of a picture and of a face, and nobody else', async () => {
    expect(await searchUsers({ image: { bytes: ofGrace.image } })).toEqual({
      matches: [graceMatch],
      searchedFace: { confidence: expect.any(Number) },
    });
    expect(await searchUsers({ image: { bytes: base64(picture()) } })).toMatchObject({ matches: [] });
    expect(await searchUsers({ image: inFolder('ada/1.jpg') })).toMatchObject({ matches: [] });
    expect(await searchUsers({ faceId: ofGrace.faceId })).toEqual({
      matches: [graceMatch],
      searchedFace: null,
    });
    expect(gateway.calls()).toEqual([
      'SearchUsersByImage',
      'SearchUsersByImage',
      'SearchUsersByImage',
      'SearchUsers',
    ]);
  });

  test('tells of the other faces of a picture why they were not searched by', async () => {
    const { data } = await gateway.query(
      `query ($bytes: Base64!) { searchRekognitionUsers(collectionId: "employees", by: {image: {bytes: $bytes}}) {
        searchedFace { confidence } unsearchedFaces { reasons faceDetail { confidence boundingBox { width } } } } }`,
      { bytes: base64(picture(240, 80)) },
    );
    const other = {
      reasons: ['FACE_NOT_LARGEST'],
      faceDetail: { confidence: expect.any(Number), boundingBox: { width: expect.any(Number) } },
    };
    expect(data.searchRekognitionUsers).toEqual({
      searchedFace: { confidence: expect.any(Number) },
      unsearchedFaces: [other, other],
    });
  });

  test('finds users that are like a user, down to a threshold', async () => {
    await runMutation(gateway, 'associateRekognitionFaces', {
      collectionId,
      userId: 'ada',
      faceIds: [ofAda.faceId],
    });
    gateway.localAws.requests.clear();
    expect(await searchUsers({ userId: 'ada' })).toEqual({ matches: [], searchedFace: null });
    expect(await searchUsers({ userId: 'ada' }, { threshold: 0, max: 1 })).toMatchObject({
      matches: [{ user: { userId: 'grace' } }],
    });
    expect(await searchUsers({ userId: 'nobody' })).toBeNull();
  });

  test('tells what is wrong with an image where the caller gave it', async () => {
    const { errors } = await gateway.query(
      '{ searchRekognitionUsers(collectionId: "employees", by: {image: {bytes: "R0lGODlh"}}, maxUsers: 501) { matches { similarity } } }',
    );
    expect(errors?.[0]?.extensions['issues']).toEqual([
      { path: ['maxUsers'], message: 'maxUsers must be at most 500.' },
      { path: ['by', 'image', 'bytes'], message: 'by.image.bytes must be a JPEG or PNG image.' },
    ]);
    expect(gateway.calls()).toEqual([]);
  });
});

const searchFaces = (by: string) =>
  gateway.query(
    `{ searchRekognitionFaces(collectionId: "employees", by: ${by}) { matches { similarity face { faceId } } searchedFace { boundingBox { width } } } }`,
  );

describe('searchRekognitionFaces', () => {
  test('finds the faces of a picture, and those like another face', async () => {
    const again = await indexAgain();
    const similarity = 99.99999237060547;
    expect((await searchFaces(`{image: {bytes: "${ofGrace.image}"}}`)).data.searchRekognitionFaces).toEqual({
      matches: [
        { similarity, face: { faceId: ofGrace.faceId } },
        { similarity, face: { faceId: again } },
      ],
      searchedFace: { boundingBox: { width: expect.any(Number) } },
    });
    expect((await searchFaces(`{faceId: "${ofGrace.faceId}"}`)).data.searchRekognitionFaces).toEqual({
      matches: [{ similarity, face: { faceId: again } }],
      searchedFace: null,
    });
  });
});

const noFace = base64(picture(80, 160));
const tooSmall = base64(picture(79, 100));
const tooWide = base64(jpegHead(10_001, 100));

const REFUSED = {
  noFace: 'Amazon Rekognition sees no face in the image.',
  tooSmall:
    'Amazon Rekognition refused the image. It takes images of at least 80 pixels a side, and tells no other reason.',
  tooLarge:
    'The image is too large for Amazon Rekognition, which takes 5 MiB, or 15 MB from Amazon S3, and 10,000 pixels a side.',
  broken: 'Amazon Rekognition cannot read the image. It takes whole JPEG and PNG images.',
  notFetched:
    'Amazon Rekognition cannot fetch the image from Amazon S3. The object has to exist, in the same region, and the credentials of this gateway need the right to read it.',
};

describe('What AWS refuses of an image is told of the image', () => {
  const broken = base64(Buffer.from('89504e470d0a1a0a00', 'hex'));
  const refusals: readonly (readonly [string, string, keyof typeof REFUSED, string])[] = [
    ['searchRekognitionFaces', noFace, 'noFace', 'InvalidParameterException'],
    ...['searchRekognitionFaces', 'searchRekognitionUsers'].flatMap(
      name =>
        [
          [name, tooSmall, 'tooSmall', 'InvalidParameterException'],
          [name, tooWide, 'tooLarge', 'ImageTooLargeException'],
          [name, broken, 'broken', 'InvalidImageFormatException'],
        ] as const,
    ),
  ];

  test.each(refusals)('by %s', async (name, bytes, reason, providerCode) => {
    const { errors } = await gateway.query(
      `query ($bytes: Base64!) { ${name}(collectionId: "employees", by: {image: {bytes: $bytes}}) { __typename } }`,
      { bytes },
    );
    expect(errors?.[0]).toMatchObject({
      message: REFUSED[reason],
      extensions: {
        code: 'INVALID_INPUT',
        providerCode,
        issues: [{ path: ['by', 'image', 'bytes'], message: REFUSED[reason] }],
      },
    });
  });

  test.each([
    [tooSmall, 'tooSmall', 'InvalidParameterException'],
    [tooWide, 'tooLarge', 'ImageTooLargeException'],
    [broken, 'broken', 'InvalidImageFormatException'],
  ] as const)('by indexRekognitionFaces', async (bytes, reason, providerCode) => {
    expect(
      await runMutation(gateway, 'indexRekognitionFaces', { collectionId, image: { bytes } }),
    ).toMatchObject({
      __typename: 'InvalidInputError',
      message: REFUSED[reason],
      providerCode,
      issues: [{ path: ['image', 'bytes'], message: REFUSED[reason] }],
    });
  });

  test('where Amazon S3 has it', async () => {
    gateway.localAws.faults.add({
      operation: 'IndexFaces',
      effect: { type: 'exception', name: 'InvalidS3ObjectException' },
    });
    expect(
      await runMutation(gateway, 'indexRekognitionFaces', { collectionId, image: inFolder('ada/1.jpg') }),
    ).toMatchObject({ issues: [{ path: ['image', 's3Object'], message: REFUSED.notFetched }] });
  });
});

test.each(['searchRekognitionFaces', 'searchRekognitionUsers'])(
  '%s tells of a face that the collection does not have',
  async name => {
    const { errors } = await gateway.query(
      `{ ${name}(collectionId: "employees", by: {faceId: "${NOBODY}"}) { __typename } }`,
    );
    const message = `There is no face "${NOBODY}" in the collection "employees", or it was indexed only a moment ago.`;
    expect(errors?.[0]).toMatchObject({
      message,
      extensions: {
        providerCode: 'InvalidParameterException',
        issues: [{ path: ['by', 'faceId'], message }],
      },
    });
  },
);

/** A picture in lines, as mail has it; lines are not what a Base64 is. */
const inLines = ofGrace.image.replaceAll(/.{20}/g, '$&\n');

test.each([
  ['a variable', '$image: Base64!', '{bytes: $image}', inLines],
  ['a variable of an image', '$image: RekognitionImageInput!', '$image', { bytes: inLines }],
  ['a variable with a stranger', '$image: RekognitionImageInput!', '$image', { bytes: ofGrace.image, of: 1 }],
  ['a variable in place of an object', '$image: RekognitionImageInput!', '$image', ofGrace.image],
  ['a literal', '', `{bytes: ${JSON.stringify(inLines)}}`, undefined],
  ['a literal in place of an object', '', JSON.stringify(ofGrace.image), undefined],
])('An image that is refused is not repeated in the error, as %s', async (_as, declared, image, value) => {
  const document = `query Search${declared && `(${declared})`} { searchRekognitionUsers(collectionId: "employees", by: {image: ${image}}) { __typename } }`;
  for (const sight of [1, 2]) {
    const { errors } = await gateway.query(document, value === undefined ? {} : { image: value });
    expect({ sight, errors: errors?.length }).toEqual({ sight, errors: 1 });
    expect(JSON.stringify(errors)).not.toContain(ofGrace.image.slice(0, 12));
  }
  expect(JSON.stringify(gateway.log)).not.toContain(ofGrace.image.slice(0, 12));
});

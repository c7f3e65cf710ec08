/** Faces of collections in local AWS: indexed, tied to users, searched. */
import {
  AssociateFacesCommand,
  CreateCollectionCommand,
  CreateUserCommand,
  DeleteCollectionCommand,
  DeleteFacesCommand,
  DeleteUserCommand,
  DescribeCollectionCommand,
  DisassociateFacesCommand,
  type Image,
  IndexFacesCommand,
  ListFacesCommand,
  ListUsersCommand,
  SearchFacesByImageCommand,
  SearchFacesCommand,
  SearchUsersByImageCommand,
  SearchUsersCommand,
} from '@aws-sdk/client-rekognition';
import { beforeEach, describe, expect, test } from 'vitest';
import { jpegHead, picture } from '../support/images.ts';
import { refusal, useLocalAws } from '../support/local-aws-clients.ts';

const start = new Date('2026-01-02T03:04:05.678Z');
let now = start;
const aws = useLocalAws({ clock: () => now });
const CollectionId = 'guests';
const NOBODY = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

beforeEach(async () => {
  now = start;
  await aws.rekognition.send(new CreateCollectionCommand({ CollectionId }));
  for (const UserId of ['ada', 'grace']) {
    await aws.rekognition.send(new CreateUserCommand({ CollectionId, UserId }));
  }
});

const ada = { Bytes: picture(80, 80, 1) };
const grace = { Bytes: picture(80, 80, 2) };
const inFolder = (Name: string) => ({ S3Object: { Bucket: 'photos', Name } });

function without<Answer extends { $metadata: unknown }>(answer: Answer): Omit<Answer, '$metadata'> {
  const { $metadata: _, ...rest } = answer;
  return rest;
}

async function indexed(Image: Image, ExternalImageId?: string): Promise<string[]> {
  const { FaceRecords = [] } = await aws.rekognition.send(
    new IndexFacesCommand({ CollectionId, Image, ExternalImageId }),
  );
  return FaceRecords.map(({ Face }) => String(Face?.FaceId));
}

const associate = async (UserId: string, FaceIds: string[], more: object = {}) =>
  without(await aws.rekognition.send(new AssociateFacesCommand({ CollectionId, UserId, FaceIds, ...more })));
const disassociate = async (UserId: string, FaceIds: string[]) =>
  without(await aws.rekognition.send(new DisassociateFacesCommand({ CollectionId, UserId, FaceIds })));
const listed = async (filter: object = {}) =>
  (await aws.rekognition.send(new ListFacesCommand({ CollectionId, ...filter }))).Faces ?? [];
const statusOf = async (UserId: string) => {
  const { Users } = await aws.rekognition.send(new ListUsersCommand({ CollectionId }));
  return Users?.find(user => user.UserId === UserId)?.UserStatus;
};

const rounded = (value?: number, digits = 6) => Number(value?.toFixed(digits));
const refusalOf = (Bytes: Buffer) =>
  refusal(aws.rekognition.send(new IndexFacesCommand({ CollectionId, Image: { Bytes } })));
const matching = (UserId: string) => ({
  Similarity: 99.99999237060547,
  User: { UserId, UserStatus: 'UPDATING' },
});

describe('IndexFaces', () => {
  test('gives faces in full numbers, and lists give them in fewer digits', async () => {
    const answer = without(
      await aws.rekognition.send(
        new IndexFacesCommand({ CollectionId, Image: ada, ExternalImageId: 'ada.png' }),
      ),
    );
    const [record] = answer.FaceRecords ?? [];
    const { BoundingBox, Confidence, FaceId, ImageId } = record?.Face ?? {};
    expect(answer).toEqual({
      FaceRecords: [
        {
          Face: {
            FaceId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
            ImageId: expect.stringMatching(
              /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
            ),
            ExternalImageId: 'ada.png',
            BoundingBox: {
              Width: expect.any(Number),
              Height: 0.7200000000000001,
              Left: expect.any(Number),
              Top: expect.any(Number),
            },
            Confidence: expect.any(Number),
          },
          FaceDetail: {
            BoundingBox,
            Confidence,
            Landmarks: ['eyeLeft', 'eyeRight', 'mouthLeft', 'mouthRight', 'nose'].map(Type => ({
              Type,
              X: expect.any(Number),
              Y: expect.any(Number),
            })),
            Pose: { Roll: expect.any(Number), Yaw: expect.any(Number), Pitch: expect.any(Number) },
            Quality: { Brightness: expect.any(Number), Sharpness: expect.any(Number) },
          },
        },
      ],
      FaceModelVersion: '7.0',
      UnindexedFaces: [],
    });
    expect(await listed()).toEqual([
      {
        FaceId,
        ImageId,
        ExternalImageId: 'ada.png',
        BoundingBox: {
          Width: rounded(BoundingBox?.Width),
          Height: 0.72,
          Left: rounded(BoundingBox?.Left),
          Top: rounded(BoundingBox?.Top),
        },
        Confidence: rounded(Confidence, 4),
        IndexFacesModelVersion: '7.0',
      },
    ]);
    const { FaceCount } = await aws.rekognition.send(new DescribeCollectionCommand({ CollectionId }));
    expect(FaceCount).toBe(1);
  });

  test('makes no second record of an image under the same external id', async () => {
    const [first] = await indexed(ada, 'ada.png');
    expect(await indexed(ada, 'ada.png')).toEqual([first]);
    const [third] = await indexed(ada);
    const [fourth] = await indexed(ada);
    expect(new Set([first, third, fourth]).size).toBe(3);
  });

  test('finds as many faces as the image is wider than high, the largest first', async () => {
    const Image = { Bytes: picture(250, 80) };
    const { FaceRecords, UnindexedFaces } = await aws.rekognition.send(
      new IndexFacesCommand({ CollectionId, Image, MaxFaces: 2 }),
    );
    const areas = [...(FaceRecords ?? []), ...(UnindexedFaces ?? [])].map(({ FaceDetail }) => {
      const { Width = 0, Height = 0 } = FaceDetail?.BoundingBox ?? {};
      return Width * Height;
    });
    expect(areas).toHaveLength(3);
    expect(areas).toEqual(areas.toSorted((a, b) => b - a));
    expect(UnindexedFaces?.map(({ Reasons }) => Reasons)).toEqual([['EXCEEDS_MAX_FACES']]);
    expect(await indexed({ Bytes: picture(80, 160) })).toEqual([]);
    expect(await indexed({ Bytes: jpegHead(600, 400) })).toHaveLength(1);
  });
});

describe('an image is refused', () => {
  test.each<[string, Image, string, string]>([
    [
      'without bytes and place',
      {},
      'InvalidParameterException',
      'Requested image should either contain bytes or s3 object.',
    ],
    [
      'with both',
      { ...ada, ...inFolder('a') },
      'InvalidParameterException',
      'Request has invalid parameters',
    ],
    [
      'that is no image',
      { Bytes: Buffer.from('GIF89a') },
      'InvalidImageFormatException',
      'Request has invalid image format',
    ],
    [
      'that is cut off',
      { Bytes: picture().subarray(0, 20) },
      'InvalidImageFormatException',
      'Request has invalid image format',
    ],
    [
      'that is small',
      { Bytes: picture(79, 80) },
      'InvalidParameterException',
      'Request has invalid parameters',
    ],
    [
      'that is large',
      { Bytes: jpegHead(10_800, 5_400) },
      'ImageTooLargeException',
      'Input image dimensions 10800 x 5400 exceed maximum dimension size of 10000 pixels',
    ],
  ])('%s, by each operation that takes one', async (_what, Image, name, message) => {
    const input = { CollectionId, Image };
    const answers = [
      aws.rekognition.send(new IndexFacesCommand(input)),
      aws.rekognition.send(new SearchFacesByImageCommand(input)),
      aws.rekognition.send(new SearchUsersByImageCommand(input)),
    ];
    for (const answer of answers) expect(await refusal(answer)).toMatchObject({ name, message, status: 400 });
  });

  test('of more than 5 MB, or of no bytes', async () => {
    const name = 'ValidationException';
    expect(await refusalOf(Buffer.alloc(5_242_881))).toMatchObject({ name });
    expect(await refusalOf(Buffer.alloc(5_242_880))).toMatchObject({ name: 'InvalidImageFormatException' });
    expect(await refusalOf(Buffer.alloc(0))).toMatchObject({ name });
  });
});

describe('users', () => {
  test('are UPDATING for two seconds after their faces were changed, then ACTIVE', async () => {
    const [face = ''] = await indexed(ada);
    expect(await statusOf('ada')).toBe('CREATED');
    expect(await associate('ada', [face])).toEqual({
      AssociatedFaces: [{ FaceId: face }],
      UnsuccessfulFaceAssociations: [],
      UserStatus: 'UPDATING',
    });
    now = new Date(start.getTime() + 1_999);
    expect(await statusOf('ada')).toBe('UPDATING');
    now = new Date(start.getTime() + 2_000);
    expect(await statusOf('ada')).toBe('ACTIVE');
    // What is theirs already is in neither list, and changes nothing.
    expect(await associate('ada', [face, face])).toEqual({
      AssociatedFaces: [],
      UnsuccessfulFaceAssociations: [],
      UserStatus: 'ACTIVE',
    });
    expect(await disassociate('ada', [face])).toEqual({
      DisassociatedFaces: [{ FaceId: face }],
      UnsuccessfulFaceDisassociations: [],
      UserStatus: 'UPDATING',
    });
    now = new Date(start.getTime() + 4_000);
    expect(await statusOf('ada')).toBe('CREATED');
  });

  test('refuse faces one by one, each for its reason', async () => {
    const [own = ''] = await indexed(inFolder('ada/1.jpg'));
    const [alike = ''] = await indexed(inFolder('ada/2.jpg'));
    const [other = ''] = await indexed(grace);
    const [taken = ''] = await indexed(grace);
    await associate('ada', [own]);
    await associate('grace', [taken]);
    const answer = await associate('ada', [alike, other, taken, NOBODY]);
    expect(answer).toMatchObject({
      AssociatedFaces: [{ FaceId: alike }],
      UnsuccessfulFaceAssociations: [
        { FaceId: other, Confidence: expect.any(Number), Reasons: ['LOW_MATCH_CONFIDENCE'] },
        { FaceId: taken, UserId: 'grace', Reasons: ['ASSOCIATED_TO_A_DIFFERENT_USER'] },
        { FaceId: NOBODY, Reasons: ['FACE_NOT_FOUND'] },
      ],
    });
    expect(answer.UnsuccessfulFaceAssociations?.[0]?.Confidence).toBeLessThan(60);
    expect((await associate('ada', [other], { UserMatchThreshold: 0 })).AssociatedFaces).toEqual([
      { FaceId: other },
    ]);
    expect(await disassociate('ada', [taken, NOBODY])).toMatchObject({
      DisassociatedFaces: [],
      UnsuccessfulFaceDisassociations: [
        { FaceId: taken, UserId: 'grace', Reasons: ['ASSOCIATED_TO_A_DIFFERENT_USER'] },
        { FaceId: NOBODY, Reasons: ['FACE_NOT_FOUND'] },
      ],
    });
  });

  test('have at most 100 faces', async () => {
    const faces: string[] = [];
    for (let at = 0; at < 101; at += 1) faces.push(...(await indexed(inFolder(`ada/${at}.jpg`))));
    const [last = ''] = faces.splice(100);
    expect((await associate('ada', faces)).AssociatedFaces).toHaveLength(100);
    expect(await refusal(associate('ada', [last]))).toMatchObject({
      name: 'ServiceQuotaExceededException',
    });
    expect(await listed({ UserId: 'ada' })).toHaveLength(100);
  });

  test('leave their faces to nobody when they are deleted, and collections take theirs along', async () => {
    const [face = ''] = await indexed(ada);
    await associate('ada', [face]);
    expect(await listed({ FaceIds: [face, NOBODY] })).toMatchObject([{ FaceId: face, UserId: 'ada' }]);
    await aws.rekognition.send(new DeleteUserCommand({ CollectionId, UserId: 'ada' }));
    const [loose] = await listed();
    expect(loose).not.toHaveProperty('UserId');
    await aws.rekognition.send(new DeleteCollectionCommand({ CollectionId }));
    await aws.rekognition.send(new CreateCollectionCommand({ CollectionId }));
    expect(await listed()).toEqual([]);
  });

  test('are associated once under a token, which another request cannot use', async () => {
    const [face = '', another = ''] = [...(await indexed(ada)), ...(await indexed(ada))];
    const token = { ClientRequestToken: 'token' };
    const first = await associate('ada', [face], token);
    expect(await associate('ada', [face], token)).toEqual(first);
    expect(await refusal(associate('ada', [another], token))).toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
  });
});

test('DeleteFaces keeps faces that a user has', async () => {
  const [own = '', spare = ''] = [...(await indexed(ada)), ...(await indexed(ada))];
  await associate('ada', [own]);
  const FaceIds = [own, spare, NOBODY];
  const deleted = without(await aws.rekognition.send(new DeleteFacesCommand({ CollectionId, FaceIds })));
  expect(deleted).toEqual({
    DeletedFaces: [spare],
    UnsuccessfulFaceDeletions: [
      { FaceId: own, UserId: 'ada', Reasons: ['ASSOCIATED_TO_AN_EXISTING_USER'] },
      { FaceId: NOBODY, Reasons: ['FACE_NOT_FOUND'] },
    ],
  });
  expect((await listed()).map(({ FaceId }) => FaceId)).toEqual([own]);
});

describe('searches', () => {
  let own = '';
  let again = '';
  beforeEach(async () => {
    [own = ''] = await indexed(ada);
    [again = ''] = await indexed(ada);
    const [other = ''] = await indexed(grace);
    await associate('ada', [own]);
    await associate('grace', [other]);
  });

  test('by an image find the faces and the user that it was indexed for, and no other', async () => {
    const faces = without(
      await aws.rekognition.send(new SearchFacesByImageCommand({ CollectionId, Image: ada })),
    );
    expect(faces).toMatchObject({
      SearchedFaceBoundingBox: { Height: expect.any(Number) },
      SearchedFaceConfidence: expect.any(Number),
      FaceMatches: [
        { Similarity: 99.99999237060547, Face: { FaceId: own, UserId: 'ada' } },
        { Similarity: 99.99999237060547, Face: { FaceId: again } },
      ],
    });
    const users = without(
      await aws.rekognition.send(new SearchUsersByImageCommand({ CollectionId, Image: grace })),
    );
    expect(users).toMatchObject({ UserMatches: [matching('grace')], UnsearchedFaces: [] });
    const Image = { Bytes: picture(160, 80, 3) };
    const nobody = without(
      await aws.rekognition.send(new SearchUsersByImageCommand({ CollectionId, Image })),
    );
    expect(nobody).toMatchObject({ UserMatches: [], UnsearchedFaces: [{ Reasons: ['FACE_NOT_LARGEST'] }] });
  });

  test('by an image without faces find no users, and refuse to find faces', async () => {
    const Image = { Bytes: picture(80, 160) };
    const users = without(await aws.rekognition.send(new SearchUsersByImageCommand({ CollectionId, Image })));
    expect(users).toEqual({ UserMatches: [], FaceModelVersion: '7.0' });
    expect(
      await refusal(aws.rekognition.send(new SearchFacesByImageCommand({ CollectionId, Image }))),
    ).toMatchObject({
      name: 'InvalidParameterException',
      message: 'There are no faces in the image. Should be at least 1.',
    });
  });

  test('by a face leave it out of faces, and find its own user', async () => {
    const faces = without(await aws.rekognition.send(new SearchFacesCommand({ CollectionId, FaceId: own })));
    expect(faces).toMatchObject({ SearchedFaceId: own, FaceMatches: [{ Face: { FaceId: again } }] });
    const users = without(await aws.rekognition.send(new SearchUsersCommand({ CollectionId, FaceId: own })));
    expect(users).toEqual({
      SearchedFace: { FaceId: own },
      UserMatches: [matching('ada')],
      FaceModelVersion: '7.0',
    });
    const search = new SearchFacesCommand({ CollectionId, FaceId: NOBODY });
    expect(await refusal(aws.rekognition.send(search))).toMatchObject({
      name: 'InvalidParameterException',
      message: 'faceId was not found in the collection.',
    });
  });

  test('by a user leave that user out, and find others down to the threshold, the most alike first', async () => {
    const search = async (more: object) =>
      without(await aws.rekognition.send(new SearchUsersCommand({ CollectionId, UserId: 'ada', ...more })));
    expect(await search({})).toEqual({
      SearchedUser: { UserId: 'ada' },
      UserMatches: [],
      FaceModelVersion: '7.0',
    });
    expect(await search({ UserMatchThreshold: 0 })).toMatchObject({
      UserMatches: [{ User: { UserId: 'grace' } }],
    });
    for (const ids of [{ UserId: 'ada', FaceId: own }, {}]) {
      expect(
        await refusal(aws.rekognition.send(new SearchUsersCommand({ CollectionId, ...ids }))),
      ).toMatchObject({ name: 'InvalidParameterException' });
    }
    expect(
      await refusal(aws.rekognition.send(new SearchUsersCommand({ CollectionId, UserId: 'nobody' }))),
    ).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

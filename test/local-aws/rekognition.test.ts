import {
  CreateCollectionCommand,
  CreateUserCommand,
  DeleteCollectionCommand,
  DeleteUserCommand,
  DescribeCollectionCommand,
  ListCollectionsCommand,
  ListTagsForResourceCommand,
  ListUsersCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-rekognition';
import { beforeEach, describe, expect, test } from 'vitest';
import { refusal, useLocalAws } from '../support/local-aws-clients.ts';

let now = new Date('2026-01-02T03:04:05.678Z');
const aws = useLocalAws({ clock: () => now });
const CollectionId = 'employees';

beforeEach(() => {
  now = new Date('2026-01-02T03:04:05.678Z');
});

async function userIds(): Promise<(string | undefined)[]> {
  const { Users } = await aws.rekognition.send(new ListUsersCommand({ CollectionId }));
  return Users?.map(({ UserId }) => UserId) ?? [];
}

const noSuchCollection = {
  name: 'ResourceNotFoundException',
  message: 'The collection id: nobody does not exist',
  status: 400,
  hasRequestId: true,
  Code: 'ResourceNotFoundException',
};

describe('collections', () => {
  test('are created, described, listed and deleted', async () => {
    const { $metadata: _, ...created } = await aws.rekognition.send(
      new CreateCollectionCommand({ CollectionId: 'guests', Tags: { team: 'front' } }),
    );
    expect(created).toEqual({
      StatusCode: 200,
      CollectionArn: 'aws:rekognition:us-east-1:123456789012:collection/guests',
      FaceModelVersion: '7.0',
    });
    await aws.rekognition.send(new CreateUserCommand({ CollectionId: 'guests', UserId: 'eve' }));
    const { $metadata: __, ...described } = await aws.rekognition.send(
      new DescribeCollectionCommand({ CollectionId: 'guests' }),
    );
    expect(described).toEqual({
      FaceCount: 0,
      UserCount: 1,
      FaceModelVersion: '7.0',
      CollectionARN: 'arn:aws:rekognition:us-east-1:123456789012:collection/guests',
      CreationTimestamp: now,
    });
    const { $metadata: ___, ...listed } = await aws.rekognition.send(new ListCollectionsCommand({}));
    expect(listed).toEqual({
      CollectionIds: ['employees', 'contractors', 'guests'],
      FaceModelVersions: ['7.0', '7.0', '7.0'],
    });
    const deleted = await aws.rekognition.send(new DeleteCollectionCommand({ CollectionId: 'guests' }));
    expect(deleted.StatusCode).toBe(200);
    const { CollectionIds } = await aws.rekognition.send(new ListCollectionsCommand({}));
    expect(CollectionIds).toEqual(['employees', 'contractors']);
  });

  test('cannot be created twice', async () => {
    expect(await refusal(aws.rekognition.send(new CreateCollectionCommand({ CollectionId })))).toEqual({
      name: 'ResourceAlreadyExistsException',
      message: 'The collection id: employees already exists.',
      status: 400,
      hasRequestId: true,
      Code: 'ResourceAlreadyExistsException',
    });
  });

  test('that do not exist are refused by every operation', async () => {
    const wanted = { CollectionId: 'nobody' };
    const user = { ...wanted, UserId: 'ada' };
    const { rekognition } = aws;
    expect(await refusal(rekognition.send(new DescribeCollectionCommand(wanted)))).toEqual({
      ...noSuchCollection,
      message: 'Collection:nobody not found!',
    });
    expect(await refusal(rekognition.send(new DeleteCollectionCommand(wanted)))).toEqual(noSuchCollection);
    expect(await refusal(rekognition.send(new CreateUserCommand(user)))).toEqual(noSuchCollection);
    expect(await refusal(rekognition.send(new DeleteUserCommand(user)))).toEqual(noSuchCollection);
    expect(await refusal(rekognition.send(new ListUsersCommand(wanted)))).toEqual(noSuchCollection);
  });

  test('take their users with them when they are deleted', async () => {
    await aws.rekognition.send(new DeleteCollectionCommand({ CollectionId }));
    await aws.rekognition.send(new CreateCollectionCommand({ CollectionId }));
    expect(await userIds()).toEqual([]);
  });
});

describe('tags', () => {
  const arn = 'arn:aws:rekognition:us-east-1:123456789012:collection/employees';
  const tagsOf = async (ResourceArn = arn) =>
    (await aws.rekognition.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;

  test('are those that a collection was created with, or none', async () => {
    expect(await tagsOf()).toEqual({});
    const Tags = JSON.parse('{"team": "front", "Größe": "", "__proto__": "x", "constructor": "y"}') as Record<
      string,
      string
    >;
    await aws.rekognition.send(new CreateCollectionCommand({ CollectionId: 'guests', Tags }));
    const { CollectionARN } = await aws.rekognition.send(
      new DescribeCollectionCommand({ CollectionId: 'guests' }),
    );
    expect(JSON.stringify(await tagsOf(CollectionARN))).toBe(JSON.stringify(Tags));
    expect(await tagsOf()).toEqual({});
  });

  test('are added and overwritten by their keys, and taken away by them', async () => {
    const tag = (Tags: Record<string, string>) =>
      aws.rekognition.send(new TagResourceCommand({ ResourceArn: arn, Tags }));
    const { $metadata: _, ...tagged } = await tag({ a: '1', b: '2' });
    expect(tagged).toEqual({});
    await tag({ b: '3', c: '4' });
    await tag({});
    expect(await tagsOf()).toEqual({ a: '1', b: '3', c: '4' });
    const { $metadata: __, ...untagged } = await aws.rekognition.send(
      new UntagResourceCommand({ ResourceArn: arn, TagKeys: ['a', 'c', 'never'] }),
    );
    expect(untagged).toEqual({});
    expect(await tagsOf()).toEqual({ b: '3' });
    const { $metadata: ___, ...described } = await aws.rekognition.send(
      new DescribeCollectionCommand({ CollectionId }),
    );
    expect(described).toMatchObject({ CollectionARN: arn, UserCount: 3, CreationTimestamp: now });
    expect(await userIds()).toEqual(['ada', 'grace', 'alan']);
  });

  test('go with their collection', async () => {
    await aws.rekognition.send(new TagResourceCommand({ ResourceArn: arn, Tags: { a: '1' } }));
    await aws.rekognition.send(new DeleteCollectionCommand({ CollectionId }));
    await aws.rekognition.send(new CreateCollectionCommand({ CollectionId }));
    expect(await tagsOf()).toEqual({});
  });

  test.each([
    ['a collection that does not exist', 'arn:aws:rekognition:us-east-1:123456789012:collection/nobody'],
    ['another account', 'arn:aws:rekognition:us-east-1:210987654321:collection/employees'],
    ['a region of another partition', 'arn:aws:rekognition:cn-north-1:123456789012:collection/employees'],
    ['another service', 'arn:aws:s3:us-east-1:123456789012:collection/employees'],
    ['another kind of thing', 'arn:aws:rekognition:us-east-1:123456789012:project/employees'],
  ])('are not found of %s', async (_, ResourceArn) => {
    const expected = {
      name: 'ResourceNotFoundException',
      message: `The resource: ${ResourceArn} does not exist`,
      status: 400,
      hasRequestId: true,
      Code: 'ResourceNotFoundException',
    };
    const { rekognition } = aws;
    const refusals = [
      refusal(rekognition.send(new ListTagsForResourceCommand({ ResourceArn }))),
      refusal(rekognition.send(new TagResourceCommand({ ResourceArn, Tags: {} }))),
      refusal(rekognition.send(new UntagResourceCommand({ ResourceArn, TagKeys: [] }))),
    ];
    expect(await Promise.all(refusals)).toEqual([expected, expected, expected]);
  });

  test('want an ARN, which what CreateCollection returns is not', async () => {
    const { CollectionArn } = await aws.rekognition.send(
      new CreateCollectionCommand({ CollectionId: 'guests' }),
    );
    const list = new ListTagsForResourceCommand({ ResourceArn: CollectionArn });
    expect(await refusal(aws.rekognition.send(list))).toEqual({
      name: 'InvalidParameterException',
      message: 'Request has invalid parameters',
      status: 400,
      hasRequestId: true,
      Code: 'InvalidParameterException',
    });
  });
});

describe('users', () => {
  test('are created with the status CREATED, listed in order, and deleted', async () => {
    await aws.rekognition.send(new CreateUserCommand({ CollectionId, UserId: 'barbara' }));
    const { $metadata: _, ...listed } = await aws.rekognition.send(new ListUsersCommand({ CollectionId }));
    expect(listed).toEqual({
      Users: [
        { UserId: 'ada', UserStatus: 'CREATED' },
        { UserId: 'grace', UserStatus: 'ACTIVE' },
        { UserId: 'alan', UserStatus: 'CREATED' },
        { UserId: 'barbara', UserStatus: 'CREATED' },
      ],
    });
    await aws.rekognition.send(new DeleteUserCommand({ CollectionId, UserId: 'grace' }));
    expect(await userIds()).toEqual(['ada', 'alan', 'barbara']);
  });

  test('cannot be created twice, but again after they were deleted', async () => {
    const user = { CollectionId, UserId: 'ada' };
    expect(await refusal(aws.rekognition.send(new CreateUserCommand(user)))).toEqual({
      name: 'ConflictException',
      message: 'The user id: ada already exists',
      status: 400,
      hasRequestId: true,
      Code: 'ConflictException',
    });
    await aws.rekognition.send(new DeleteUserCommand(user));
    await aws.rekognition.send(new CreateUserCommand(user));
    expect(await userIds()).toEqual(['grace', 'alan', 'ada']);
  });

  test('have ids that differ by case', async () => {
    await aws.rekognition.send(new CreateUserCommand({ CollectionId, UserId: 'Ada' }));
    expect(await userIds()).toContain('Ada');
  });

  test('that do not exist cannot be deleted', async () => {
    expect(
      await refusal(aws.rekognition.send(new DeleteUserCommand({ CollectionId, UserId: 'eve' }))),
    ).toEqual({
      name: 'ResourceNotFoundException',
      message: 'The user id: eve does not exist',
      status: 400,
      hasRequestId: true,
      Code: 'ResourceNotFoundException',
    });
  });
});

describe('a client request token', () => {
  const request = { CollectionId, UserId: 'barbara', ClientRequestToken: 'token-1' };

  test('gives a repeated request its first answer and changes nothing', async () => {
    await aws.rekognition.send(new CreateUserCommand(request));
    await aws.rekognition.send(new DeleteUserCommand({ CollectionId, UserId: 'barbara' }));
    await aws.rekognition.send(new CreateUserCommand(request));
    expect(await userIds()).not.toContain('barbara');
  });

  test('is refused with other parameters', async () => {
    await aws.rekognition.send(new CreateUserCommand(request));
    expect(
      await refusal(aws.rekognition.send(new CreateUserCommand({ ...request, UserId: 'other' }))),
    ).toEqual({
      name: 'IdempotentParameterMismatchException',
      message: 'The ClientRequestToken: token-1 you have supplied is already in use.',
      status: 400,
      hasRequestId: true,
      Code: 'IdempotentParameterMismatchException',
    });
  });

  test('counts for its own operation only', async () => {
    await aws.rekognition.send(new CreateUserCommand(request));
    await aws.rekognition.send(new DeleteUserCommand(request));
    expect(await userIds()).not.toContain('barbara');
    await aws.rekognition.send(new DeleteUserCommand(request));
  });

  test('is not used up by a failure', async () => {
    await refusal(aws.rekognition.send(new CreateUserCommand({ ...request, UserId: 'ada' })));
    await aws.rekognition.send(new CreateUserCommand(request));
    expect(await userIds()).toContain('barbara');
  });

  test('is forgotten after a day', async () => {
    await aws.rekognition.send(new CreateUserCommand(request));
    now = new Date(now.getTime() + 24 * 60 * 60 * 1000 - 1);
    expect(
      await refusal(aws.rekognition.send(new CreateUserCommand({ ...request, UserId: 'x' }))),
    ).toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
    now = new Date(now.getTime() + 1);
    expect(await refusal(aws.rekognition.send(new CreateUserCommand(request)))).toMatchObject({
      name: 'ConflictException',
    });
    await aws.rekognition.send(new CreateUserCommand({ ...request, UserId: 'x' }));
    expect(await userIds()).toContain('x');
  });
});

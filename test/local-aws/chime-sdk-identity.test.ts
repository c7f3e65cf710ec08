import {
  CreateAppInstanceAdminCommand,
  CreateAppInstanceCommand,
  type CreateAppInstanceRequest,
  CreateAppInstanceUserCommand,
  type CreateAppInstanceUserRequest,
  DeleteAppInstanceAdminCommand,
  DeleteAppInstanceCommand,
  DeleteAppInstanceUserCommand,
  DescribeAppInstanceAdminCommand,
  DescribeAppInstanceCommand,
  DescribeAppInstanceUserCommand,
  ListAppInstanceAdminsCommand,
  ListAppInstancesCommand,
  ListAppInstanceUsersCommand,
  PutAppInstanceUserExpirationSettingsCommand,
  UpdateAppInstanceCommand,
  UpdateAppInstanceUserCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { beforeEach, describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { refusal, send, useLocalAws } from '../support/local-aws-clients.ts';

const start = new Date('2026-01-02T03:04:05.678Z');
let now = start;
beforeEach(() => {
  now = start;
});
const aws = useLocalAws({ clock: () => now });
const { appInstanceArn: AppInstanceArn, users: demoUsers, adminIds } = demoWorld.chimeSdkIdentity;
const [ada, grace] = demoUsers.map(({ appInstanceUserArn }) => appInstanceUserArn);
const nowhere = AppInstanceArn.replace(/.$/, '9');
const hour = 3_600_000;

const call = ((command: never) => aws.chimeSdkIdentity.send(command)) as typeof aws.chimeSdkIdentity.send;

const create = (input: Partial<CreateAppInstanceRequest> = {}) =>
  call(new CreateAppInstanceCommand({ Name: 'Front', ...input }));
const createUser = (input: Partial<CreateAppInstanceUserRequest> = {}) =>
  call(
    new CreateAppInstanceUserCommand({
      AppInstanceArn,
      AppInstanceUserId: 'barbara',
      Name: 'Barbara',
      ...input,
    }),
  );
const describeUser = async (AppInstanceUserArn: string | undefined) =>
  (await call(new DescribeAppInstanceUserCommand({ AppInstanceUserArn }))).AppInstanceUser;
const userNames = async () =>
  (await call(new ListAppInstanceUsersCommand({ AppInstanceArn }))).AppInstanceUsers?.map(({ Name }) => Name);

const refused = (name: string, message: string, status: number) => ({
  name,
  message,
  status,
  hasRequestId: true,
  Code: name.replace('Exception', ''),
});
const noAppInstance = refused(
  'ForbiddenException',
  'An invalid app instance ARN was supplied for the input parameter.',
  403,
);
const noUser = refused(
  'ForbiddenException',
  'An invalid app instance user ARN was supplied for the input parameter.',
  403,
);
const conflict = refused('ConflictException', 'Request could not be completed due to a conflict', 409);
const full = refused('ResourceLimitExceededException', 'The limit of this resource is exceeded', 400);

describe('app instances', () => {
  test('are made, described, listed and changed; times travel in seconds', async () => {
    const made = await create({ Metadata: '{}', Tags: [{ Key: 'team', Value: 'front' }] });
    expect(made.$metadata.httpStatusCode).toBe(201);
    expect(made.AppInstanceArn).toMatch(
      /^arn:aws:chime:us-east-1:123456789012:app-instance\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    const key = { AppInstanceArn: made.AppInstanceArn };
    const described = {
      ...key,
      Name: 'Front',
      Metadata: '{}',
      CreatedTimestamp: start,
      LastUpdatedTimestamp: start,
    };
    expect((await call(new DescribeAppInstanceCommand(key))).AppInstance).toEqual(described);
    const path = `/app-instances/${encodeURIComponent(String(key.AppInstanceArn))}`;
    const { json } = await send(aws.local.url, path);
    expect(json['AppInstance']).toMatchObject({ CreatedTimestamp: start.getTime() / 1000 });
    expect((await call(new ListAppInstancesCommand())).AppInstances).toEqual([
      { AppInstanceArn, Name: 'Demo App', Metadata: '{"stage":"demo"}' },
      { ...key, Name: 'Front', Metadata: '{}' },
    ]);
    now = new Date(start.getTime() + hour);
    await call(new UpdateAppInstanceCommand({ ...key, Name: 'Back', Metadata: '' }));
    expect((await call(new DescribeAppInstanceCommand(key))).AppInstance).toEqual({
      ...described,
      Name: 'Back',
      Metadata: '',
      LastUpdatedTimestamp: now,
    });
  });

  test('take their users and admins along', async () => {
    const { $metadata } = await call(new DeleteAppInstanceCommand({ AppInstanceArn }));
    expect($metadata.httpStatusCode).toBe(204);
    expect(await refusal(call(new DescribeAppInstanceUserCommand({ AppInstanceUserArn: ada })))).toEqual(
      noUser,
    );
    for (const command of [
      new DescribeAppInstanceCommand({ AppInstanceArn }),
      new ListAppInstanceUsersCommand({ AppInstanceArn }),
      new ListAppInstanceAdminsCommand({ AppInstanceArn }),
      new DeleteAppInstanceCommand({ AppInstanceArn }),
      new UpdateAppInstanceCommand({ AppInstanceArn, Name: 'x', Metadata: '' }),
    ]) {
      expect(await refusal(call(command as DescribeAppInstanceCommand))).toEqual(noAppInstance);
    }
  });

  test('are at most 100', async () => {
    for (let count = 1; count < 100; count++) await create();
    expect(await refusal(create())).toEqual(full);
  });

  test('are made once under a token, and again under another', async () => {
    const first = await create({ ClientRequestToken: 'one' });
    expect((await create({ ClientRequestToken: 'one' })).AppInstanceArn).toBe(first.AppInstanceArn);
    expect((await create({ ClientRequestToken: 'two' })).AppInstanceArn).not.toBe(first.AppInstanceArn);
    expect(await refusal(create({ ClientRequestToken: 'one', Name: 'Other' }))).toEqual(conflict);
    expect((await call(new ListAppInstancesCommand())).AppInstances).toHaveLength(3);
    now = new Date(start.getTime() + 25 * hour);
    expect((await create({ ClientRequestToken: 'one' })).AppInstanceArn).not.toBe(first.AppInstanceArn);
  });
});

describe('users of app instances', () => {
  test('have the id that they were given in their ARN', async () => {
    const settings = { ExpirationDays: 1, ExpirationCriterion: 'CREATED_TIMESTAMP' } as const;
    const made = await createUser({ Metadata: 'm', ExpirationSettings: settings });
    const AppInstanceUserArn = `${AppInstanceArn}/user/barbara`;
    expect([made.$metadata.httpStatusCode, made.AppInstanceUserArn]).toEqual([201, AppInstanceUserArn]);
    expect(await describeUser(AppInstanceUserArn)).toEqual({
      AppInstanceUserArn,
      Name: 'Barbara',
      Metadata: 'm',
      CreatedTimestamp: start,
      LastUpdatedTimestamp: start,
      ExpirationSettings: settings,
    });
    const { $metadata: _, ...listed } = await call(new ListAppInstanceUsersCommand({ AppInstanceArn }));
    expect(listed).toEqual({
      AppInstanceArn,
      AppInstanceUsers: [
        ...demoUsers.map(({ appInstanceUserArn, name: Name }) => ({
          AppInstanceUserArn: appInstanceUserArn,
          Name,
        })),
        { AppInstanceUserArn, Name: 'Barbara', Metadata: 'm' },
      ],
    });
  });

  test('are there once: the same again is a success, another of the same id a conflict', async () => {
    const { AppInstanceUserArn } = await createUser();
    expect((await createUser()).AppInstanceUserArn).toBe(AppInstanceUserArn);
    expect(await refusal(createUser({ Name: 'Other' }))).toEqual(conflict);
    expect(await refusal(createUser({ Metadata: 'other' }))).toEqual(conflict);
    expect(await userNames()).toEqual(['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Barbara']);
    const { AppInstanceArn: another } = await create();
    expect((await createUser({ AppInstanceArn: another })).AppInstanceUserArn).toBe(
      `${another}/user/barbara`,
    );
  });

  test('are changed and deleted', async () => {
    const key = { AppInstanceUserArn: ada };
    now = new Date(start.getTime() + hour);
    await call(new UpdateAppInstanceUserCommand({ ...key, Name: 'Ada King', Metadata: 'm' }));
    expect(await describeUser(ada)).toEqual({
      ...key,
      Name: 'Ada King',
      Metadata: 'm',
      CreatedTimestamp: expect.any(Date),
      LastUpdatedTimestamp: now,
    });
    const { $metadata } = await call(new DeleteAppInstanceUserCommand(key));
    expect($metadata.httpStatusCode).toBe(204);
    for (const command of [
      new DescribeAppInstanceUserCommand(key),
      new DeleteAppInstanceUserCommand(key),
      new UpdateAppInstanceUserCommand({ ...key, Name: 'x', Metadata: '' }),
      new PutAppInstanceUserExpirationSettingsCommand(key),
    ]) {
      expect(await refusal(call(command as DescribeAppInstanceUserCommand))).toEqual(noUser);
    }
    expect(await refusal(createUser({ AppInstanceArn: nowhere }))).toEqual(noAppInstance);
  });

  test('are gone when their time is over, which may be set anew and taken away', async () => {
    const settings = { ExpirationDays: 2, ExpirationCriterion: 'CREATED_TIMESTAMP' } as const;
    const { AppInstanceUserArn } = await createUser({
      ExpirationSettings: { ...settings, ExpirationDays: 1 },
    });
    const put = (ExpirationSettings?: typeof settings) =>
      call(
        new PutAppInstanceUserExpirationSettingsCommand({
          AppInstanceUserArn,
          ...(ExpirationSettings && { ExpirationSettings }),
        }),
      );
    now = new Date(start.getTime() + 24 * hour - 1);
    const { $metadata: _, ...answer } = await put(settings);
    expect(answer).toEqual({ AppInstanceUserArn, ExpirationSettings: settings });
    now = new Date(start.getTime() + 48 * hour - 1);
    expect(await userNames()).toContain('Barbara');
    const { $metadata: __, ...cleared } = await put();
    expect(cleared).toEqual({ AppInstanceUserArn });
    now = new Date(start.getTime() + 99 * hour);
    expect(await describeUser(AppInstanceUserArn)).not.toHaveProperty('ExpirationSettings');
    await put(settings);
    expect(await userNames()).not.toContain('Barbara');
  });
});

const listedAdmins = async () =>
  (await call(new ListAppInstanceAdminsCommand({ AppInstanceArn }))).AppInstanceAdmins;

describe('admins of app instances', () => {
  test('are users of it, with the name that they have now', async () => {
    const key = { AppInstanceArn, AppInstanceAdminArn: grace };
    const { $metadata, ...made } = await call(new CreateAppInstanceAdminCommand(key));
    expect($metadata.httpStatusCode).toBe(201);
    expect(made).toEqual({ AppInstanceAdmin: { Arn: grace, Name: 'Grace Hopper' }, AppInstanceArn });
    await call(
      new UpdateAppInstanceUserCommand({ AppInstanceUserArn: grace, Name: 'Amazing Grace', Metadata: '' }),
    );
    expect((await call(new DescribeAppInstanceAdminCommand(key))).AppInstanceAdmin).toEqual({
      Admin: { Arn: grace, Name: 'Amazing Grace' },
      AppInstanceArn,
      CreatedTimestamp: start,
    });
    expect((await listedAdmins())?.map(({ Admin }) => Admin?.Name)).toEqual([
      'Ada Lovelace',
      'Alan Turing',
      'Amazing Grace',
    ]);
    expect(await refusal(call(new CreateAppInstanceAdminCommand(key)))).toEqual(conflict);
  });

  test('are no users of another', async () => {
    const { AppInstanceArn: another } = await create();
    const key = { AppInstanceArn: another, AppInstanceAdminArn: ada };
    expect(await refusal(call(new CreateAppInstanceAdminCommand(key)))).toEqual(noUser);
    expect(
      await refusal(call(new CreateAppInstanceAdminCommand({ ...key, AppInstanceArn: nowhere }))),
    ).toEqual(noAppInstance);
  });

  test('are demoted, and stay users; a deleted user is no admin', async () => {
    const key = { AppInstanceArn, AppInstanceAdminArn: ada };
    const { $metadata } = await call(new DeleteAppInstanceAdminCommand(key));
    expect($metadata.httpStatusCode).toBe(204);
    expect(await describeUser(ada)).toMatchObject({ Name: 'Ada Lovelace' });
    expect(await refusal(call(new DeleteAppInstanceAdminCommand(key)))).toEqual(noUser);
    expect(await refusal(call(new DescribeAppInstanceAdminCommand(key)))).toEqual(noUser);
    const [, other] = adminIds.map(id => `${AppInstanceArn}/user/${id}`);
    await call(new DeleteAppInstanceUserCommand({ AppInstanceUserArn: other }));
    expect(await listedAdmins()).toEqual([]);
  });

  test('are at most 100', async () => {
    for (let count = adminIds.length; count < 100; count++) {
      const { AppInstanceUserArn } = await createUser({ AppInstanceUserId: `u${count}` });
      await call(
        new CreateAppInstanceAdminCommand({ AppInstanceArn, AppInstanceAdminArn: AppInstanceUserArn }),
      );
    }
    const key = { AppInstanceArn, AppInstanceAdminArn: grace };
    expect(await refusal(call(new CreateAppInstanceAdminCommand(key)))).toEqual(full);
  });
});

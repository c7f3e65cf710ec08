/** What changes Chime's accounts and users after they were made. */
import {
  type AccountType,
  AssociatePhoneNumberWithUserCommand,
  BatchSuspendUserCommand,
  BatchUnsuspendUserCommand,
  BatchUpdateUserCommand,
  DeleteAccountCommand,
  DisassociatePhoneNumberFromUserCommand,
  GetAccountCommand,
  GetUserCommand,
  GetUserSettingsCommand,
  InviteUsersCommand,
  ListUsersCommand,
  LogoutUserCommand,
  ResetPersonalPINCommand,
  UpdateAccountCommand,
  UpdateUserCommand,
  UpdateUserSettingsCommand,
} from '@aws-sdk/client-chime';
import { beforeEach, describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { refusal, send, useLocalAws } from '../support/local-aws-clients.ts';

let now = new Date('2026-01-02T03:04:05.678Z');
const aws = useLocalAws({ clock: () => now });
beforeEach(() => {
  now = new Date('2026-01-02T03:04:05.678Z');
});

const { accountId: AccountId, enterprise, spare } = demoWorld.chime;
const [ada, grace] = demoWorld.chime.users.map(({ userId }) => userId) as [string, string, string];
const [mary, dorothy] = enterprise.users.map(({ userId }) => userId) as [string, string];
const nobody = '00000000-0000-0000-0000-000000000000';
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const team = { AccountId };
const ofEnterprise = { AccountId: enterprise.accountId };

const notFound = {
  name: 'NotFoundException',
  message: 'Unable to find the requested identifier',
  status: 404,
  hasRequestId: true,
  Code: 'NotFound',
};
const badRequest = {
  name: 'BadRequestException',
  message: 'Service received a bad request',
  status: 400,
  hasRequestId: true,
  Code: 'BadRequest',
};

const user = async (UserId: string, account: { readonly AccountId: string } = team) =>
  (await aws.chime.send(new GetUserCommand({ ...account, UserId }))).User;

const emails = async (account: { readonly AccountId: string }) =>
  (await aws.chime.send(new ListUsersCommand(account))).Users?.map(({ PrimaryEmail }) => PrimaryEmail);

const suspend = (account: { readonly AccountId: string }, ...UserIdList: string[]) =>
  aws.chime.send(new BatchSuspendUserCommand({ ...account, UserIdList }));

const unsuspend = (account: { readonly AccountId: string }, ...UserIdList: string[]) =>
  aws.chime.send(new BatchUnsuspendUserCommand({ ...account, UserIdList }));

const unknownUser = {
  UserId: nobody,
  ErrorCode: 'NotFound',
  ErrorMessage: 'Unable to find the requested identifier',
};

describe('an account', () => {
  test('gets another name and default licence, which users to come have', async () => {
    const { Account } = await aws.chime.send(
      new UpdateAccountCommand({ AccountId, Name: 'Demo Squad', DefaultLicense: 'Basic' }),
    );
    expect(Account).toMatchObject({ ...team, Name: 'Demo Squad', DefaultLicense: 'Basic' });
    expect((await aws.chime.send(new GetAccountCommand(team))).Account).toEqual(Account);
    expect(await user(ada)).toMatchObject({ LicenseType: 'Pro' });
    await aws.chime.send(new InviteUsersCommand({ ...team, UserEmailList: ['new@example.com'] }));
    const { Users } = await aws.chime.send(new ListUsersCommand({ ...team, UserEmail: 'new@example.com' }));
    expect(Users).toMatchObject([{ LicenseType: 'Basic' }]);
  });

  test('keeps what is not given', async () => {
    const { Account } = await aws.chime.send(new UpdateAccountCommand({ AccountId, Name: 'Demo Squad' }));
    expect(Account).toMatchObject({ DefaultLicense: 'Pro' });
    const { Account: after } = await aws.chime.send(new UpdateAccountCommand(team));
    expect(after).toEqual(Account);
  });

  test('refuses a licence that it does not support', async () => {
    expect(
      await refusal(aws.chime.send(new UpdateAccountCommand({ ...team, DefaultLicense: 'Plus' }))),
    ).toEqual(badRequest);
  });

  test('goes when it has no users, with an answer that has no body', async () => {
    const key = { AccountId: spare.accountId };
    const { $metadata } = await aws.chime.send(new DeleteAccountCommand(key));
    expect($metadata.httpStatusCode).toBe(204);
    expect(await refusal(aws.chime.send(new GetAccountCommand(key)))).toEqual(notFound);
    expect(await refusal(aws.chime.send(new DeleteAccountCommand(key)))).toEqual(notFound);
  });

  test.each([
    ['Team', AccountId, demoWorld.chime.users],
    ['EnterpriseLWA', enterprise.accountId, enterprise.users],
  ])('of the type %s does not go before its users are suspended', async (_type, id, users) => {
    expect(await refusal(aws.chime.send(new DeleteAccountCommand({ AccountId: id })))).toEqual({
      name: 'UnprocessableEntityException',
      message: 'Account has users that are not suspended',
      status: 422,
      hasRequestId: true,
      Code: 'Unprocessable',
    });
    await suspend({ AccountId: id }, ...users.map(({ userId }) => userId));
    await aws.chime.send(new DeleteAccountCommand({ AccountId: id }));
  });

  test('that does not exist is refused by every operation', async () => {
    const unknown = { AccountId: 'nowhere' };
    const ofUnknown = { ...unknown, UserId: ada };
    const UserSettings = { Telephony: { InboundCalling: true, OutboundCalling: true, SMS: true } };
    const commands: (() => Promise<unknown>)[] = [
      () => aws.chime.send(new UpdateAccountCommand(unknown)),
      () => aws.chime.send(new DeleteAccountCommand(unknown)),
      () => aws.chime.send(new UpdateUserCommand(ofUnknown)),
      () => aws.chime.send(new BatchUpdateUserCommand({ ...unknown, UpdateUserRequestItems: [] })),
      () => aws.chime.send(new InviteUsersCommand({ ...unknown, UserEmailList: [] })),
      () => suspend(unknown),
      () => unsuspend(unknown),
      () => aws.chime.send(new LogoutUserCommand(ofUnknown)),
      () => aws.chime.send(new ResetPersonalPINCommand(ofUnknown)),
      () => aws.chime.send(new GetUserSettingsCommand(ofUnknown)),
      () => aws.chime.send(new UpdateUserSettingsCommand({ ...ofUnknown, UserSettings })),
      () =>
        aws.chime.send(
          new AssociatePhoneNumberWithUserCommand({ ...ofUnknown, E164PhoneNumber: '+12065550100' }),
        ),
      () => aws.chime.send(new DisassociatePhoneNumberFromUserCommand(ofUnknown)),
    ];
    for (const command of commands) expect(await refusal(command())).toEqual(notFound);
  });
});

describe('a user', () => {
  test('gets another licence and type, and is answered with the id alone', async () => {
    const { User } = await aws.chime.send(
      new UpdateUserCommand({ ...team, UserId: ada, LicenseType: 'Basic', UserType: 'SharedDevice' }),
    );
    expect(User).toEqual({ UserId: ada });
    expect(await user(ada)).toMatchObject({
      LicenseType: 'Basic',
      UserType: 'SharedDevice',
      PrimaryEmail: 'ada@example.com',
    });
  });

  test('has only licences that the account supports', async () => {
    const command = new UpdateUserCommand({ ...team, UserId: ada, LicenseType: 'Plus' });
    expect(await refusal(aws.chime.send(command))).toEqual(badRequest);
  });

  test('that does not exist is refused by every operation', async () => {
    const unknown = { ...team, UserId: nobody };
    const commands: (() => Promise<unknown>)[] = [
      () => aws.chime.send(new UpdateUserCommand(unknown)),
      () => aws.chime.send(new LogoutUserCommand(unknown)),
      () => aws.chime.send(new ResetPersonalPINCommand(unknown)),
      () => aws.chime.send(new GetUserSettingsCommand(unknown)),
      () => aws.chime.send(new DisassociatePhoneNumberFromUserCommand(unknown)),
    ];
    for (const command of commands) expect(await refusal(command())).toEqual(notFound);
  });

  test('is signed out without a change', async () => {
    const before = await user(ada);
    const { $metadata } = await aws.chime.send(new LogoutUserCommand({ ...team, UserId: ada }));
    expect($metadata.httpStatusCode).toBe(204);
    expect(await user(ada)).toEqual(before);
  });

  test('gets a new personal PIN', async () => {
    const before = await user(ada);
    const { User } = await aws.chime.send(new ResetPersonalPINCommand({ ...team, UserId: ada }));
    expect(User).toEqual({ ...before, PersonalPIN: expect.stringMatching(/^\d{10}$/) });
    expect(User?.PersonalPIN).not.toBe(before?.PersonalPIN);
    expect(await user(ada)).toEqual(User);
  });

  test('has settings that are off at first, and replaced as a whole', async () => {
    const key = { ...team, UserId: ada };
    const settings = async () => (await aws.chime.send(new GetUserSettingsCommand(key))).UserSettings;
    expect(await settings()).toEqual({
      Telephony: { InboundCalling: false, OutboundCalling: false, SMS: false },
    });
    for (const SMS of [true, false]) {
      const UserSettings = { Telephony: { InboundCalling: true, OutboundCalling: false, SMS } };
      const { $metadata } = await aws.chime.send(new UpdateUserSettingsCommand({ ...key, UserSettings }));
      expect($metadata.httpStatusCode).toBe(204);
      expect(await settings()).toEqual(UserSettings);
    }
    await suspend(team, ada);
    expect(await refusal(settings())).toEqual(notFound);
  });

  test('has a phone number that no other user has, until it is taken away', async () => {
    const associate = (UserId: string, E164PhoneNumber: string) =>
      aws.chime.send(new AssociatePhoneNumberWithUserCommand({ ...team, UserId, E164PhoneNumber }));
    const { $metadata } = await associate(ada, '12065550100');
    expect($metadata.httpStatusCode).toBe(200);
    expect(await user(ada)).toMatchObject({ PrimaryProvisionedNumber: '+12065550100' });
    await associate(ada, '+12065550100');
    expect(await refusal(associate(grace, '+12065550100'))).toEqual(badRequest);
    const key = { ...team, UserId: ada };
    for (let turn = 0; turn < 2; turn += 1) {
      await aws.chime.send(new DisassociatePhoneNumberFromUserCommand(key));
      expect(await user(ada)).not.toHaveProperty('PrimaryProvisionedNumber');
    }
    await associate(grace, '+12065550100');
  });
});

describe('a batch', () => {
  test('changes users beside those that it cannot change', async () => {
    const { UserErrors } = await aws.chime.send(
      new BatchUpdateUserCommand({
        ...team,
        UpdateUserRequestItems: [
          { UserId: ada, LicenseType: 'Basic' },
          { UserId: nobody, LicenseType: 'Basic' },
          { UserId: grace, LicenseType: 'Plus' },
        ],
      }),
    );
    expect(UserErrors).toEqual([
      unknownUser,
      { UserId: grace, ErrorCode: 'BadRequest', ErrorMessage: 'Service received a bad request' },
    ]);
    expect(await user(ada)).toMatchObject({ LicenseType: 'Basic' });
    expect(await user(grace)).toMatchObject({ LicenseType: 'Pro' });
  });

  test('has an empty list of errors when all went well, and is told by the path without an operation', async () => {
    const body = { UpdateUserRequestItems: [{ UserId: ada, LicenseType: 'Basic' }] };
    const { status, json } = await send(aws.local.url, `/accounts/${AccountId}/users`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect({ status, json }).toMatchObject({ status: 200, json: { UserErrors: [] } });
  });

  test.each([
    ['suspend', 'UserIdList', 51, 50],
    ['unsuspend', 'UserIdList', 51, 50],
    ['add', 'UserEmailList', 51, 50],
    [undefined, 'UpdateUserRequestItems', 21, 20],
  ])('with the operation %s takes no more items than AWS does', async (operation, member, size, most) => {
    const item = member === 'UserIdList' ? nobody : member === 'UserEmailList' ? 'a@b.c' : { UserId: nobody };
    const path = `/accounts/${AccountId}/users${operation ? `?operation=${operation}` : ''}`;
    const body = JSON.stringify({ [member]: Array.from({ length: size }, () => item) });
    const { status, message } = await send(aws.local.url, path, { method: 'POST', body });
    expect(status).toBe(400);
    expect(message).toContain(`Member must have length less than or equal to ${most}`);
  });
});

describe('the users of a Team account', () => {
  test('are invited, and may be again until they have answered', async () => {
    const UserEmailList = ['new@example.com', 'Ada@example.com', 'grace@example.com'];
    now = new Date('2026-02-03T04:05:06.789Z');
    const { $metadata, Invites } = await aws.chime.send(new InviteUsersCommand({ ...team, UserEmailList }));
    expect($metadata.httpStatusCode).toBe(201);
    const invite = (EmailAddress: string, Status: string, EmailStatus: string) => ({
      InviteId: uuid,
      EmailAddress,
      Status,
      EmailStatus,
    });
    expect(Invites).toEqual([
      invite('new@example.com', 'Pending', 'Sent'),
      invite('Ada@example.com', 'Accepted', 'NotSent'),
      invite('grace@example.com', 'Pending', 'Sent'),
    ]);
    expect(await user(grace)).toMatchObject({ UserRegistrationStatus: 'Unregistered', InvitedOn: now });
    expect(await user(ada)).toMatchObject({ UserRegistrationStatus: 'Registered' });
    const { Users } = await aws.chime.send(new ListUsersCommand({ ...team, UserEmail: 'new@example.com' }));
    expect(Users).toEqual([
      {
        UserId: uuid,
        AccountId,
        PrimaryEmail: 'new@example.com',
        LicenseType: 'Pro',
        UserType: 'PrivateUser',
        UserRegistrationStatus: 'Unregistered',
        UserInvitationStatus: 'Pending',
        InvitedOn: now,
        AlexaForBusinessMetadata: { IsAlexaForBusinessEnabled: false },
        PersonalPIN: expect.stringMatching(/^\d{10}$/),
      },
    ]);
  });

  test('leave it when they are suspended, and come back when they are invited', async () => {
    const { UserErrors } = await suspend(team, ada, nobody, ada);
    expect(UserErrors).toEqual([unknownUser, { ...unknownUser, UserId: ada }]);
    expect(await emails(team)).toEqual(['grace@example.com', 'alan@example.com']);
    await aws.chime.send(new InviteUsersCommand({ ...team, UserEmailList: ['ada@example.com'] }));
    expect(await emails(team)).toEqual(['grace@example.com', 'alan@example.com', 'ada@example.com']);
  });

  test('are not unsuspended', async () => {
    expect(await refusal(unsuspend(team, ada))).toEqual({
      name: 'ForbiddenException',
      message: `Chime Account provided is not an Enterprise Chime Account[AWS Account ID: 123456789012][Chime Account ID: ${AccountId}]`,
      status: 403,
      hasRequestId: true,
      Code: 'Forbidden',
    });
  });
});

describe('the users of an EnterpriseLWA account', () => {
  test('stay when they are suspended, and are registered again after it', async () => {
    const { Account } = await aws.chime.send(new GetAccountCommand(ofEnterprise));
    expect(Account?.AccountType).toBe('EnterpriseLWA' satisfies AccountType);
    expect((await suspend(ofEnterprise, mary, dorothy)).UserErrors).toEqual([]);
    expect(await user(mary, ofEnterprise)).toMatchObject({ UserRegistrationStatus: 'Suspended' });
    expect((await unsuspend(ofEnterprise, mary, mary, nobody)).UserErrors).toEqual([unknownUser]);
    expect(await user(mary, ofEnterprise)).toMatchObject({ UserRegistrationStatus: 'Registered' });
    expect(await user(dorothy, ofEnterprise)).toMatchObject({ UserRegistrationStatus: 'Suspended' });
  });

  test('are not invited', async () => {
    const command = new InviteUsersCommand({ ...ofEnterprise, UserEmailList: ['new@example.com'] });
    expect(await refusal(aws.chime.send(command))).toEqual(badRequest);
  });
});

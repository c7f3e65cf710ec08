import {
  CreateAccountCommand,
  CreateUserCommand,
  GetAccountCommand,
  GetUserCommand,
  ListAccountsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-chime';
import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { refusal, useLocalAws } from '../support/local-aws-clients.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const aws = useLocalAws({ clock: () => now });
const { accountId: AccountId, users: demoUsers } = demoWorld.chime;
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

const demoTeam = {
  AwsAccountId: '123456789012',
  AccountId,
  Name: 'Demo Team',
  AccountType: 'Team',
  CreatedTimestamp: now,
  DefaultLicense: 'Pro',
  SupportedLicenses: ['Basic', 'Pro'],
  AccountStatus: 'Active',
  SigninDelegateGroups: [],
};

const notFound = {
  name: 'NotFoundException',
  message: 'Unable to find the requested identifier',
  status: 404,
  hasRequestId: true,
  Code: 'NotFound',
};

const listAccounts = async (filter: { Name?: string; UserEmail?: string }) =>
  (await aws.chime.send(new ListAccountsCommand(filter))).Accounts?.map(({ Name }) => Name);

describe('accounts', () => {
  test('are Team accounts, found by id', async () => {
    const { $metadata, Account } = await aws.chime.send(new CreateAccountCommand({ Name: 'Front' }));
    expect($metadata.httpStatusCode).toBe(201);
    expect(Account).toEqual({ ...demoTeam, AccountId: uuid, Name: 'Front' });
    const found = await aws.chime.send(new GetAccountCommand({ AccountId: Account?.AccountId }));
    expect(found.Account).toEqual(Account);
  });

  test('are listed, by the beginning of their name or by the e-mail address of a user', async () => {
    const { Account } = await aws.chime.send(new CreateAccountCommand({ Name: 'Demo Two' }));
    const [team, enterprise, spare] = ['Demo Team', 'Demo Enterprise', 'Demo Team of Yesterday'];
    expect(await listAccounts({})).toEqual([team, enterprise, spare, 'Demo Two']);
    expect(await listAccounts({ Name: 'Demo T' })).toEqual([team, spare, 'Demo Two']);
    expect(await listAccounts({ Name: 'Demo Team o' })).toEqual([spare]);
    expect(await listAccounts({ Name: 'Team' })).toEqual([]);
    expect(await listAccounts({ UserEmail: 'ADA@example.com' })).toEqual(['Demo Team']);
    await aws.chime.send(new CreateUserCommand({ AccountId: Account?.AccountId, Email: 'new@example.com' }));
    expect(await listAccounts({ UserEmail: 'new@example.com' })).toEqual(['Demo Two']);
    expect(await listAccounts({ UserEmail: 'new@example.com', Name: 'Demo Te' })).toEqual([]);
  });

  test('are one for an address that is in two: the one that it came into first', async () => {
    const Email = 'new@example.com';
    for (const Name of ['First', 'Second']) {
      const { Account } = await aws.chime.send(new CreateAccountCommand({ Name }));
      await aws.chime.send(new CreateUserCommand({ AccountId: Account?.AccountId, Email }));
    }
    expect(await listAccounts({ UserEmail: 'NEW@example.com' })).toEqual(['First']);
    expect(await listAccounts({ UserEmail: Email, Name: 'F' })).toEqual(['First']);
    expect(await listAccounts({ UserEmail: Email, Name: 'S' })).toEqual([]);
  });

  test('that do not exist are refused by every operation', async () => {
    const unknown = { AccountId: 'nowhere' };
    const expected = notFound;
    expect(await refusal(aws.chime.send(new GetAccountCommand(unknown)))).toEqual(expected);
    expect(await refusal(aws.chime.send(new CreateUserCommand(unknown)))).toEqual(expected);
    expect(await refusal(aws.chime.send(new ListUsersCommand(unknown)))).toEqual(expected);
    expect(await refusal(aws.chime.send(new GetUserCommand({ ...unknown, UserId: 'x' })))).toEqual(expected);
  });
});

describe('users', () => {
  test('are invited, not registered, and have the licence of their account', async () => {
    const { $metadata, User } = await aws.chime.send(
      new CreateUserCommand({ AccountId, Email: 'Barbara@example.com', Username: 'Barbara' }),
    );
    expect($metadata.httpStatusCode).toBe(201);
    expect(User).toEqual({
      UserId: uuid,
      AccountId,
      PrimaryEmail: 'Barbara@example.com',
      DisplayName: 'Barbara',
      LicenseType: 'Pro',
      UserType: 'PrivateUser',
      UserRegistrationStatus: 'Unregistered',
      UserInvitationStatus: 'Pending',
      InvitedOn: now,
      AlexaForBusinessMetadata: { IsAlexaForBusinessEnabled: false },
      PersonalPIN: expect.stringMatching(/^\d{10}$/),
    });
    const found = await aws.chime.send(new GetUserCommand({ AccountId, UserId: User?.UserId }));
    expect(found.User).toEqual(User);
  });

  test('without an e-mail address are not invited, and there may be many', async () => {
    const shared = { AccountId, UserType: 'SharedDevice', Username: 'Room 1' } as const;
    const { User } = await aws.chime.send(new CreateUserCommand(shared));
    expect(User).toEqual({
      UserId: uuid,
      AccountId,
      DisplayName: 'Room 1',
      LicenseType: 'Pro',
      UserType: 'SharedDevice',
      UserRegistrationStatus: 'Registered',
      RegisteredOn: now,
      AlexaForBusinessMetadata: { IsAlexaForBusinessEnabled: false, AlexaForBusinessRoomArn: 'null' },
      PersonalPIN: expect.stringMatching(/^\d{10}$/),
    });
    await aws.chime.send(new CreateUserCommand(shared));
  });

  test('have an e-mail address of their own in the account, whatever its case', async () => {
    expect(
      await refusal(aws.chime.send(new CreateUserCommand({ AccountId, Email: 'Ada@Example.com' }))),
    ).toEqual({
      name: 'ConflictException',
      message: 'Request could not be completed due to a conflict',
      status: 409,
      hasRequestId: true,
      Code: 'Conflict',
    });
    const { Account } = await aws.chime.send(new CreateAccountCommand({ Name: 'Front' }));
    await aws.chime.send(new CreateUserCommand({ AccountId: Account?.AccountId, Email: 'ada@example.com' }));
  });

  test('that do not exist are not found', async () => {
    expect(await refusal(aws.chime.send(new GetUserCommand({ AccountId, UserId: '../x y' })))).toEqual(
      notFound,
    );
  });

  test('are listed, by e-mail address and by type', async () => {
    await aws.chime.send(new CreateUserCommand({ AccountId, UserType: 'SharedDevice', Username: 'Room' }));
    const list = async (filter: { UserEmail?: string; UserType?: 'PrivateUser' | 'SharedDevice' }) =>
      (await aws.chime.send(new ListUsersCommand({ AccountId, ...filter }))).Users?.map(
        ({ PrimaryEmail, DisplayName }) => PrimaryEmail ?? DisplayName,
      );
    const emails = demoUsers.map(({ email }) => email);
    expect(await list({})).toEqual([...emails, 'Room']);
    expect(await list({ UserType: 'PrivateUser' })).toEqual(emails);
    expect(await list({ UserType: 'SharedDevice' })).toEqual(['Room']);
    expect(await list({ UserEmail: 'GRACE@example.com' })).toEqual(['grace@example.com']);
    expect(await list({ UserEmail: 'grace@example.com', UserType: 'SharedDevice' })).toEqual([]);
    expect(await list({ UserEmail: 'nobody@example.com' })).toEqual([]);
  });
});

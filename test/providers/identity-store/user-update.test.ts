import { describe, expect, test } from 'vitest';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { refuses, runMutation } from '../../support/mutations.ts';
import { conflict, invalid, notFound } from '../../support/refusals.ts';
import { complete, noStore, sentFields } from '../../support/whole-user.ts';

const STORE = 'd-9067012345';
const ADA = '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1';

const gateway = useGateway({ SETTLE_TIMEOUT_MS: '0' });

describe('updateIdentityStoreUser', () => {
  const name = 'updateIdentityStoreUser';
  const enterprise = 'aws:identitystore:enterprise';

  test('changes what is given, unsets what is null, leaves the rest, and returns the whole user', async () => {
    const select = `user { id userName displayName title nickName locale name { givenName familyName formatted }
      emails { value type primary } addresses { locality country } extensions userStatus }`;
    const input = {
      userId: ADA,
      title: 'Countess',
      nickName: null,
      name: { givenName: 'Augusta', familyName: 'King' },
      emails: [{ value: 'augusta@example.com' }],
      addresses: null,
      extensions: { [enterprise]: { department: 'Mathematics' } },
    };
    expect(await runMutation(gateway, name, input, select)).toEqual({
      __typename: 'UpdateIdentityStoreUserSuccess',
      user: {
        id: globalId('IdentityStoreUser', STORE, ADA),
        userName: 'ada',
        displayName: 'Ada Lovelace',
        title: 'Countess',
        nickName: null,
        locale: 'en-GB',
        name: { givenName: 'Augusta', familyName: 'King', formatted: null },
        emails: [{ value: 'augusta@example.com', type: null, primary: null }],
        addresses: null,
        extensions: { [enterprise]: { department: 'Mathematics' } },
        userStatus: 'ENABLED',
      },
    });
    expect(gateway.calls()).toEqual(['UpdateUser', 'DescribeUser']);
  });

  test('changes every attribute in one call', async () => {
    const all = {
      ...complete,
      extensions: { [enterprise]: { department: 'Software', manager: { value: '1' } } },
    };
    const { user } = await runMutation(gateway, name, { userId: ADA, ...all }, `user { ${sentFields} }`);
    expect(user).toEqual({ ...all, identityStoreId: STORE, userId: ADA });
    expect(gateway.calls()).toEqual(['UpdateUser', 'DescribeUser']);
  });

  test.each([null, { [enterprise]: null }])('unsets extensions by %j', async extensions => {
    const select = 'user { extensions }';
    const set = { userId: ADA, extensions: { [enterprise]: { department: 'Mathematics' } } };
    expect((await runMutation(gateway, name, set, select)).user).toEqual({ extensions: set.extensions });
    const unset = { userId: ADA, extensions };
    expect((await runMutation(gateway, name, unset, select)).user).toEqual({ extensions: null });
  });

  const nobody = ADA.replace('a1', 'ff');
  const taken = conflict(
    'ALREADY_EXISTS',
    `The identity store ${STORE} already has a user with this userName or e-mail address.`,
  );
  refuses(gateway, name, [
    [{ userId: ADA, userName: 'GRACE' }, taken],
    [{ userId: ADA, emails: [{ value: 'grace@example.com' }] }, taken],
    [
      { userId: nobody, title: 'x' },
      notFound('USER', nobody, `The identity store ${STORE} has no user ${nobody}.`),
    ],
    [{ identityStoreId: 'd-0000000000', userId: ADA, title: 'x' }, noStore],
    [
      { userId: 'ada', title: 'x' },
      invalid('userId must be a UUID, or ten hexadecimal digits, "-" and a UUID.'),
    ],
    [{ userId: ADA, userName: null }, invalid('userName cannot be unset.')],
    [{ userId: ADA, emails: [] }, invalid('emails must have at least 1 entry.')],
    [
      { userId: 'ada', extensions: { enterprise: null } },
      invalid(
        'userId must be a UUID, or ten hexadecimal digits, "-" and a UUID.',
        'extensions.enterprise must be "aws:identitystore:" and 1 to 20 lower-case letters.',
      ),
    ],
    [{ userId: ADA, extensions: {} }, invalid('extensions must have at least 1 entry.')],
    [
      { userId: ADA, extensions: { 'aws:identitystore:other': {} } },
      invalid(`extensions.aws:identitystore:other is not known to AWS, which has only ${enterprise}.`),
    ],
  ]);
});

import { builder } from '../../../schema/builder.ts';
import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { field, query } from '../../../schema/operation.ts';
import { type ChimeAccount as Account, MAX_USER_PAGE } from '../adapter.ts';
import { GetAccount, ListUsers } from '../operations.ts';
import { chime } from '../session.ts';
import { ChimeLicense } from '../user/license.ts';
import { ChimeUser } from '../user/type.ts';

const ChimeAccountType = builder.enumType('ChimeAccountType', {
  description: 'How the users of a Chime account sign in and are managed.',
  values: {
    TEAM: { value: 'Team', description: 'Users are invited and keep their own sign-in.' },
    ENTERPRISE_DIRECTORY: { value: 'EnterpriseDirectory', description: 'Users come from a directory.' },
    ENTERPRISE_LWA: {
      value: 'EnterpriseLWA',
      description: 'The organisation owns the domain; users sign in with Amazon.',
    },
    ENTERPRISE_OIDC: { value: 'EnterpriseOIDC', description: 'Users sign in with OpenID Connect.' },
  } as const,
});

const ChimeAccountStatus = builder.enumType('ChimeAccountStatus', {
  description: 'Whether a Chime account is in use.',
  values: {
    ACTIVE: { value: 'Active', description: 'It is in use.' },
    SUSPENDED: { value: 'Suspended', description: 'It is not in use.' },
  } as const,
});

const ChimeAccount = builder.objectRef<Account>('ChimeAccount').implement({
  description: 'An Amazon Chime account, which users belong to.',
  fields: t => ({
    accountId: t.exposeString('accountId', { nullable: false, description: 'The id that AWS gave it.' }),
    awsAccountId: t.exposeString('awsAccountId', { description: 'The AWS account that it belongs to.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    accountType: t.field({
      type: ChimeAccountType,
      description: 'How its users sign in and are managed.',
      resolve: account => account.accountType,
    }),
    accountStatus: t.field({
      type: ChimeAccountStatus,
      description: 'Whether it is in use.',
      resolve: account => account.accountStatus,
    }),
    createdTimestamp: t.expose('createdTimestamp', { type: 'DateTime', description: 'When it was created.' }),
    defaultLicense: t.field({
      type: ChimeLicense,
      description: 'The licence of new users.',
      resolve: account => account.defaultLicense,
    }),
    supportedLicenses: t.field({
      type: [ChimeLicense],
      nullable: { list: true, items: false },
      description: 'The licences that its users may have.',
      resolve: account => account.supportedLicenses,
    }),
    signinDelegateGroups: t.stringList({
      nullable: { list: true, items: false },
      description: 'The names of the groups whose members may sign in for others.',
      resolve: account => account.signinDelegateGroups?.flatMap(({ groupName }) => groupName ?? []),
    }),
  }),
});

export const users = field(ChimeAccount, 'users', {
  description: 'Its users, in the order that AWS gives them.',
  scope: 'chime:users:read',
  aws: [ListUsers],
  type: connectionType(ChimeUser, 'Users of a Chime account'),
  nullable: false,
  args: forwardArgs,
  run: ({ accountId }, args, context) =>
    resolveConnection(args, MAX_USER_PAGE, (size, token) =>
      context.session(chime).aws.listUsers({ accountId }, size, token),
    ),
});

export const chimeAccount = query('chimeAccount', {
  description: 'Finds a Chime account; null when it does not exist.',
  scope: 'chime:accounts:read',
  aws: [GetAccount],
  type: ChimeAccount,
  args: t => ({ accountId: t.string({ required: true, description: 'The id that AWS gave it.' }) }),
  run: ({ accountId }, context) => context.session(chime).account(accountId),
});

import { asTold } from '../../../adapter/answers.ts';
import { builder } from '../../../schema/builder.ts';
import { nodeType } from '../../../schema/operation/node.ts';
import { ChimeLicense } from '../license.ts';
import { accountKey } from './adapter.ts';
import { accountByKey } from './loaders.ts';
import { GetAccount } from './operations.ts';

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

export const ChimeAccount = nodeType('ChimeAccount', {
  description: 'An Amazon Chime account, which users belong to.',
  scope: 'chime:accounts:read',
  aws: [GetAccount],
  key: accountKey,
  find: accountByKey,
  fields: t => ({
    accountId: t.exposeString('accountId', { nullable: false, description: 'The id that AWS gave it.' }),
    awsAccountId: t.exposeString('awsAccountId', { description: 'The AWS account that it belongs to.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    accountType: t.expose('accountType', {
      type: ChimeAccountType,
      description: 'How its users sign in and are managed.',
    }),
    accountStatus: t.expose('accountStatus', {
      type: ChimeAccountStatus,
      description: 'Whether it is in use.',
    }),
    createdTimestamp: t.expose('createdTimestamp', { type: 'DateTime', description: 'When it was created.' }),
    defaultLicense: t.expose('defaultLicense', {
      type: ChimeLicense,
      description: 'The licence of new users.',
    }),
    supportedLicenses: t.expose('supportedLicenses', {
      type: [ChimeLicense],
      nullable: { list: true, items: false },
      description: 'The licences that its users may have.',
    }),
    signinDelegateGroups: t.stringList({
      nullable: { list: true, items: false },
      description: 'The names of the groups whose members may sign in for others.',
      resolve: account =>
        asTold(account.signinDelegateGroups)?.flatMap(group => asTold(group).groupName ?? []),
    }),
  }),
});

import { randomUUID } from 'node:crypto';
import { awsAccountId } from '../aws-account.ts';
import type { StoredAccount } from './state.ts';

/** A Team account, the only type that Chime's API makes. */
export function newAccount(name: string, now: Date, id: string = randomUUID()): StoredAccount {
  return {
    AwsAccountId: awsAccountId,
    AccountId: id,
    Name: name,
    AccountType: 'Team',
    CreatedTimestamp: now.toISOString(),
    DefaultLicense: 'Pro',
    SupportedLicenses: ['Basic', 'Pro'],
    AccountStatus: 'Active',
    SigninDelegateGroups: [],
  };
}

/** Chime accounts at AWS. Every method throws ApiError when it is refused. */
import type { Account } from '@aws-sdk/client-chime';
import { told } from '../../../adapter/answers.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { chime } from '../service.ts';
import { GetAccount } from './operations.ts';

export type ChimeAccount = ApiOutput<Account>;

export class ChimeAccounts {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  get(accountId: string): Promise<ChimeAccount> {
    const missing = missingAccount(accountId);
    return this.#aws.call(GetAccount, { accountId }, { missing }, ({ account }) => told(account, 'Account'));
  }
}

export const accounts = chime.entity(ChimeAccounts);

/** What a not-found answer means to operations on an account. */
export function missingAccount(accountId: string) {
  return {
    resourceType: 'ACCOUNT',
    resourceId: accountId,
    message: `There is no Amazon Chime account ${accountId}.`,
  } as const;
}

/** Chime accounts at AWS. Every method throws ApiError when it is refused. */
import type { Account } from '@aws-sdk/client-chime';
import { keyed, told } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { InputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { chime } from '../service.ts';
import { GetAccount, ListAccounts } from './operations.ts';

export const accountKey = new NativeKey('accountId');

export type ChimeAccountKey = KeyOf<typeof accountKey>;

export type ChimeAccount = ApiOutput<Account>;

export class ChimeAccounts {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  get(key: ChimeAccountKey): Promise<ChimeAccount> {
    const missing = missingAccount(key.accountId);
    return this.#aws.call(GetAccount, key, { missing }, ({ account }) =>
      keyed(accountKey, told(account, 'Account')),
    );
  }

  list(input: InputOf<typeof ListAccounts>): Promise<ListPage<ChimeAccount>> {
    return this.#aws.call(ListAccounts, input, {}, ({ accounts: items = [], nextToken }) => ({
      items: items.map(account => keyed(accountKey, account)),
      nextToken,
    }));
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

/** Chime accounts at AWS. Every method throws ApiError when it is refused. */
import type { Account } from '@aws-sdk/client-chime';
import { keyed, told } from '../../../adapter/answers.ts';
import { replacementIssues } from '../../../adapter/changes.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { InputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { chime } from '../service.ts';
import { CreateAccount, DeleteAccount, GetAccount, ListAccounts, UpdateAccount } from './operations.ts';
import { deletedAccount } from './settling.ts';

export const accountKey = new NativeKey('accountId');

export type ChimeAccountKey = KeyOf<typeof accountKey>;

export type ChimeAccount = ApiOutput<Account>;

export class ChimeAccounts {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  create(input: InputOf<typeof CreateAccount>): Promise<ChimeAccount> {
    return this.#aws.call(CreateAccount, input, { reread }, toAccount);
  }

  update(input: InputOf<typeof UpdateAccount>): Promise<ChimeAccount> {
    const context = {
      issues: replacementIssues(input, ['name', 'defaultLicense']),
      missing: missingAccount(input.accountId),
      words: {
        BadRequestException:
          'Amazon Chime refused the change. An account has only default licences that it supports.',
      },
      reread,
    };
    return this.#aws.call(UpdateAccount, input, context, toAccount);
  }

  async delete(input: InputOf<typeof DeleteAccount>): Promise<ChimeAccountKey> {
    const { accountId } = input;
    await this.#aws.call(DeleteAccount, input, {
      missing: missingAccount(accountId),
      words: {
        UnprocessableEntityException:
          'Amazon Chime does not delete an account with users who are not suspended. Suspend them first, and release the domains of an Enterprise account.',
      },
      settling: deletedAccount,
    });
    return { accountId };
  }

  get(key: ChimeAccountKey): Promise<ChimeAccount> {
    const missing = missingAccount(key.accountId);
    return this.#aws.call(GetAccount, key, { missing }, toAccount);
  }

  list(input: InputOf<typeof ListAccounts>): Promise<ListPage<ChimeAccount>> {
    return this.#aws.call(ListAccounts, input, {}, ({ accounts: items = [], nextToken }) => ({
      items: items.map(account => keyed(accountKey, account)),
      nextToken,
    }));
  }
}

/** What an account is at present, for one that was made or changed before. */
function reread(aws: AwsSession, answer: { readonly account?: ChimeAccount | undefined }) {
  const { accountId } = toAccount(answer);
  return aws.call(GetAccount, { accountId }, { missing: missingAccount(accountId) });
}

/** The one converter of answers with an account. */
function toAccount({ account }: { readonly account?: ChimeAccount | undefined }): ChimeAccount {
  return keyed(accountKey, told(account, 'Account'));
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

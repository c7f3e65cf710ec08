import type { ListAccountsRequest, ListAccountsResponse } from '@aws-sdk/client-chime';
import { paginate } from '../../pagination.ts';
import { operation } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { invalidPaginationToken } from './exceptions.ts';
import { type ChimeState, everything, type StoredAccount } from './state.ts';

const defaultSize = 200;

/** Accounts by the beginning of their name, and by the e-mail address of one of their users. */
export const ListAccounts = operation(
  (
    input: Checked<ListAccountsRequest>,
    { accounts, users }: Pick<ChimeState, 'accounts' | 'users'>,
    call,
  ): RestJson<ListAccountsResponse> => {
    const { Name: prefix = '', UserEmail } = input;
    const email = UserEmail?.toLowerCase();
    const where = ({ AccountId, Name }: StoredAccount) =>
      Name.startsWith(prefix) && (email === undefined || users.find(AccountId, 'email', email) !== undefined);
    const { rows, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, page =>
      accounts.page(everything, { ...page, where }),
    );
    return { Accounts: rows, ...nextToken };
  },
);

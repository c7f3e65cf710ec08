import type { ListAccountsRequest, ListAccountsResponse } from '@aws-sdk/client-chime';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { invalidPaginationToken } from './exceptions.ts';
import type { ChimeState } from './state.ts';

const defaultSize = 200;

const matches = `instr(entity ->> 'Name', :prefix) = 1 AND (:lowerEmail IS NULL OR EXISTS (
  SELECT * FROM chime_users AS user WHERE user.AccountId = chime_accounts.AccountId AND user.lowerEmail = :lowerEmail))`;

/** Accounts by the beginning of their name, and by the e-mail address of one of their users. */
export const ListAccounts = implement(
  (
    input: Checked<ListAccountsRequest>,
    { accounts }: Pick<ChimeState, 'accounts'>,
    call,
  ): RestJson<ListAccountsResponse> => {
    const { Name: prefix = '', UserEmail } = input;
    const lowerEmail = UserEmail?.toLowerCase() ?? null;
    const { entities, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, range =>
      accounts.listWhere(matches, { prefix, lowerEmail }, range),
    );
    return { Accounts: entities, ...nextToken };
  },
);

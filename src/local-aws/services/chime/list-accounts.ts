import type { ListAccountsRequest, ListAccountsResponse } from '@aws-sdk/client-chime';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { invalidPaginationToken } from './exceptions.ts';
import type { ChimeState } from './state.ts';

const defaultSize = 100;

/** An address stands for the one account that it came into first, whatever accounts it came into later. */
const matches = `instr(entity ->> 'Name', :prefix) = 1 AND (:lowerEmail IS NULL OR AccountId = (
  SELECT user.AccountId FROM chime_users AS user WHERE user.lowerEmail = :lowerEmail ORDER BY user.position LIMIT 1))`;

/** Accounts by the beginning of their name, and the one account of a user by the user's e-mail address. */
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

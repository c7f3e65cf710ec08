import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-identitystore';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { invalid, invalidPaginationToken, requireStore } from './exceptions.ts';
import { requireExtensions, withExtensions } from './extensions.ts';
import type { IdentityStoreState } from './state.ts';

const defaultSize = 100;

export const ListUsers = implement(
  (
    input: Checked<ListUsersRequest>,
    { stores, users }: Pick<IdentityStoreState, 'stores' | 'users'>,
    call,
  ): AwsJson<ListUsersResponse> => {
    const { IdentityStoreId, Extensions, Filters } = input;
    requireStore({ stores }, IdentityStoreId);
    requireExtensions(Extensions ?? []);
    const lowerUserName = filteredUserName(Filters?.[0])?.toLowerCase();
    const { entities, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, range =>
      users.list({ IdentityStoreId, lowerUserName }, range),
    );
    return { Users: entities.map(user => withExtensions(user, Extensions)), ...nextToken };
  },
);

/** The only attribute that AWS's deprecated filters ever supported is the user name. */
function filteredUserName(
  filter: { readonly AttributePath: string; readonly AttributeValue: string } | undefined,
): string | undefined {
  if (filter && filter.AttributePath.toLowerCase() !== 'username') {
    throw invalid(`The attribute ${filter.AttributePath} cannot be used in a filter`);
  }
  return filter?.AttributeValue;
}

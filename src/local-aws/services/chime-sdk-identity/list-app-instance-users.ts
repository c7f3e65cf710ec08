import type {
  ListAppInstanceUsersRequest,
  ListAppInstanceUsersResponse,
} from '@aws-sdk/client-chime-sdk-identity';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { invalidPaginationToken } from './exceptions.ts';
import { requireAppInstance } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';
import { pageSize, summary } from './summary.ts';

export const ListAppInstanceUsers = implement(
  (
    input: Checked<ListAppInstanceUsersRequest>,
    state: Pick<ChimeSdkIdentityState, 'appInstances' | 'users'>,
    call,
  ): RestJsonInSeconds<ListAppInstanceUsersResponse> => {
    const { AppInstanceArn } = input;
    requireAppInstance(state, AppInstanceArn);
    const { entities, nextToken } = paginate(call, input, pageSize, invalidPaginationToken, range =>
      state.users.list({ AppInstanceArn }, range),
    );
    return {
      AppInstanceArn,
      AppInstanceUsers: entities.map(({ AppInstanceUserArn, ...rest }) => ({
        AppInstanceUserArn,
        ...summary(rest),
      })),
      ...nextToken,
    };
  },
);

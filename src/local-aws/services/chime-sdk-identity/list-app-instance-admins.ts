import type {
  ListAppInstanceAdminsRequest,
  ListAppInstanceAdminsResponse,
} from '@aws-sdk/client-chime-sdk-identity';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { identityOf } from './admin-identity.ts';
import { invalidPaginationToken } from './exceptions.ts';
import { requireAppInstance } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';
import { pageSize } from './summary.ts';

export const ListAppInstanceAdmins = implement(
  (
    input: Checked<ListAppInstanceAdminsRequest>,
    state: Pick<ChimeSdkIdentityState, 'appInstances' | 'users' | 'admins'>,
    call,
  ): RestJsonInSeconds<ListAppInstanceAdminsResponse> => {
    const { AppInstanceArn } = input;
    requireAppInstance(state, AppInstanceArn);
    const { entities, nextToken } = paginate(call, input, pageSize, invalidPaginationToken, range =>
      state.admins.list({ AppInstanceArn }, range),
    );
    return {
      AppInstanceArn,
      AppInstanceAdmins: entities.map(admin => ({ Admin: identityOf(state, admin) })),
      ...nextToken,
    };
  },
);

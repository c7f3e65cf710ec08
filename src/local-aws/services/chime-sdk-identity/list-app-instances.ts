import type { ListAppInstancesRequest, ListAppInstancesResponse } from '@aws-sdk/client-chime-sdk-identity';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { invalidPaginationToken } from './exceptions.ts';
import type { ChimeSdkIdentityState } from './state.ts';
import { pageSize, summary } from './summary.ts';

export const ListAppInstances = implement(
  (
    input: Checked<ListAppInstancesRequest>,
    { appInstances }: Pick<ChimeSdkIdentityState, 'appInstances'>,
    call,
  ): RestJsonInSeconds<ListAppInstancesResponse> => {
    const { entities, nextToken } = paginate(call, input, pageSize, invalidPaginationToken, range =>
      appInstances.list({}, range),
    );
    return {
      AppInstances: entities.map(({ AppInstanceArn, ...rest }) => ({ AppInstanceArn, ...summary(rest) })),
      ...nextToken,
    };
  },
);

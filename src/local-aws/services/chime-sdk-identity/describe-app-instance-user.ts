import type {
  DescribeAppInstanceUserRequest,
  DescribeAppInstanceUserResponse,
} from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { requireUser } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';

export const DescribeAppInstanceUser = implement(
  (
    { AppInstanceUserArn }: Checked<DescribeAppInstanceUserRequest>,
    state: Pick<ChimeSdkIdentityState, 'users'>,
  ): RestJsonInSeconds<DescribeAppInstanceUserResponse> => {
    const { AppInstanceArn: _, Tags: __, ...AppInstanceUser } = requireUser(state, AppInstanceUserArn);
    return { AppInstanceUser };
  },
);

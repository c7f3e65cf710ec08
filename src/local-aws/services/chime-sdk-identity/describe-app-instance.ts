import type {
  DescribeAppInstanceRequest,
  DescribeAppInstanceResponse,
} from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { requireAppInstance } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';

export const DescribeAppInstance = implement(
  (
    { AppInstanceArn }: Checked<DescribeAppInstanceRequest>,
    state: Pick<ChimeSdkIdentityState, 'appInstances'>,
  ): RestJsonInSeconds<DescribeAppInstanceResponse> => {
    const { Tags: _, ...AppInstance } = requireAppInstance(state, AppInstanceArn);
    return { AppInstance };
  },
);

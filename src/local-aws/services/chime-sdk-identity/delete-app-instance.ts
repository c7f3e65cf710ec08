import type { DeleteAppInstanceRequest } from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { noAppInstance } from './exceptions.ts';
import type { ChimeSdkIdentityState } from './state.ts';

/** The database takes its users and admins along. */
export const DeleteAppInstance = implement(
  (
    { AppInstanceArn }: Checked<DeleteAppInstanceRequest>,
    { appInstances }: Pick<ChimeSdkIdentityState, 'appInstances'>,
  ): Record<string, never> => {
    if (!appInstances.delete({ AppInstanceArn })) throw noAppInstance();
    return {};
  },
);

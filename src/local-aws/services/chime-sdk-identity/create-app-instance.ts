import type { CreateAppInstanceRequest, CreateAppInstanceResponse } from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { limitExceeded } from './exceptions.ts';
import { appInstanceArn, newAppInstance } from './new-things.ts';
import type { ChimeSdkIdentityState } from './state.ts';

/** AWS's default quota. */
const maxAppInstances = 100;

export const CreateAppInstance = implement(
  (
    input: Checked<CreateAppInstanceRequest>,
    {
      appInstances,
      idempotency,
      clock,
    }: Pick<ChimeSdkIdentityState, 'appInstances' | 'idempotency' | 'clock'>,
    call,
  ): RestJsonInSeconds<CreateAppInstanceResponse> =>
    idempotency.once(call, input, () => {
      if (appInstances.count({}) >= maxAppInstances) throw limitExceeded();
      const { ClientRequestToken: _, ...attributes } = input;
      const AppInstanceArn = appInstanceArn(call.region);
      appInstances.insert(newAppInstance(AppInstanceArn, attributes, clock()));
      return { AppInstanceArn };
    }),
);

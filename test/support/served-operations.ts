/** The operations that local AWS has, as it answers. */
import type { ServiceModel } from '../../src/aws/models/model.ts';
import { startLocalAws } from '../../src/local-aws/index.ts';
import { openWorld } from '../../src/local-aws/world.ts';
import { models } from './service-models.ts';
import { sendWire } from './wire-requests.ts';

export interface ServedOperation {
  readonly model: ServiceModel;
  readonly service: string;
  readonly operation: string;
}

/** The names of the services that local AWS has, in its own order. */
export function servedServices(): readonly string[] {
  const world = openWorld({ data: ':memory:', seed: 'empty', identityStores: [], clock: () => new Date() });
  world.close();
  return world.services.map(({ id }) => id);
}

/** Those of which AWS's models are here. Local AWS says of what it does not have that it is unknown. */
export async function servedOperations(): Promise<readonly ServedOperation[]> {
  const local = await startLocalAws();
  const served: ServedOperation[] = [];
  for (const model of models) {
    for (const operation of Object.keys(model.operations)) {
      const { exception } = await sendWire(local.url, model, operation, { AccountId: 'x', UserId: 'x' });
      if (exception !== 'UnknownOperationException')
        served.push({ model, service: model.service, operation });
    }
  }
  await local.stop();
  return served;
}

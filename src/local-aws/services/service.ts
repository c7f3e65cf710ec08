import type { ServiceModel } from '../../aws/models/model.ts';
import type { ServiceQuotas } from '../../aws/models/quotas.ts';
import { requestShape } from '../../aws/models/shapes.ts';
import type { AwsException } from '../exception.ts';
import type { Protocol } from '../protocols/protocol.ts';
import { validated } from '../validation.ts';

/** What an operation may know of the request beside its input. */
export interface Call {
  readonly operation: string;
  /** From the credential scope of the signature. */
  readonly region: string;
}

/** What local AWS does for an operation of AWS, with a valid request. */
export type Implementation<Dependencies> = (input: never, dependencies: Dependencies, call: Call) => object;

/** Declares what local AWS does for an operation; it asks for the dependencies it uses. */
export function implement<Dependencies>(
  implementation: Implementation<Dependencies>,
): Implementation<Dependencies> {
  return implementation;
}

/** A service as the server sees it. */
export interface Service {
  readonly id: string;
  readonly protocol: Protocol;
  /** The names of the operations that local AWS has. */
  readonly operations: readonly string[];
  /** How AWS counts its requests, and how many it takes. */
  readonly quotas: ServiceQuotas;
  /** What the service answers to a client that calls too often. */
  readonly throttled: (retryAfterSeconds?: number) => AwsException;
  /** What it answers to more requests than the quota, when it is steadily so. */
  readonly overQuota: () => AwsException;
  /** What performs an operation; undefined when local AWS does not have it. */
  readonly operation: (name: string) => ((request: unknown, region: string) => object) | undefined;
}

/** Puts a service together from its explicit list of operations and everything these may ask for. */
export function service<Dependencies>(definition: {
  readonly id: string;
  readonly model: ServiceModel;
  readonly protocol: Protocol;
  readonly quotas: ServiceQuotas;
  readonly throttled: Service['throttled'];
  /** Where it differs from `throttled`. */
  readonly overQuota?: Service['overQuota'];
  readonly validationException: string;
  readonly operations: Readonly<Record<string, Implementation<Dependencies>>>;
  readonly dependencies: Dependencies;
}): Service {
  const { id, model, protocol, quotas, throttled, validationException, dependencies } = definition;
  const operations = new Map(Object.entries(definition.operations));
  return {
    id,
    protocol,
    operations: [...operations.keys()],
    quotas,
    throttled,
    overQuota: definition.overQuota ?? throttled,
    operation(name) {
      const found = operations.get(name);
      return (
        found &&
        ((request, region) => {
          const input = validated(requestShape(model, name), request, validationException);
          return found(input as never, dependencies, { operation: name, region });
        })
      );
    },
  };
}

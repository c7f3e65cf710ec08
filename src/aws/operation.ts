/** The AWS operations that this gateway uses: what AWS's model and the provider's table say of each, with its command. */
import type * as z from 'zod';
import type { AwsCommand } from './client.ts';
import type { ExceptionTable, Meaning } from './exceptions.ts';
import { apiNameOf } from './members.ts';
import { requestModel, type ServiceModel, type ShapeModel } from './models/model.ts';
import { shapeOf } from './models/shapes.ts';

/**
 * What performing an operation does, and so whether it may be repeated after a lost answer.
 *
 * - `read`: nothing.
 * - `idempotentChange`: the same, however often it is performed.
 * - `repeatableChange`: AWS recognises a repeat by a token.
 * - `change`: a repeat is another change, or is refused.
 */
export type Effect = 'read' | 'idempotentChange' | 'repeatableChange' | 'change';

/** A service as its exceptions and messages need it. */
export interface AwsServiceFacts<Model extends ServiceModel = ServiceModel> {
  /** As a sentence calls it: "Amazon Rekognition". */
  readonly name: string;
  readonly model: Model;
  /** What each of its exceptions means to this API. */
  readonly exceptions: Readonly<Record<keyof Model['errors'] & string, Meaning>>;
}

export interface AwsOperation<Request extends object = never, Output = unknown> {
  readonly name: string;
  readonly service: {
    readonly name: string;
    readonly model: ServiceModel;
    readonly exceptions: ExceptionTable;
  };
  readonly effect: Effect;
  readonly command: new (request: Request) => AwsCommand<Output>;
  /** The meanings of the exceptions that AWS's model lists for it. */
  readonly meanings: readonly Meaning[];
  readonly request: ShapeModel;
  /** The members of an input that become parts of the URL's path. */
  readonly inPath: readonly string[];
  /** Whether AWS takes an idempotency key for it. */
  readonly takesKey: boolean;
  /** What its request is checked against. */
  readonly shape: z.ZodType;
}

/** Declares the operations of one service. */
export function operationsOf<Model extends ServiceModel>(service: AwsServiceFacts<Model>) {
  return function operation<Request extends object, Output>(
    command: new (request: Request) => AwsCommand<Output>,
    effect: Exclude<Effect, 'repeatableChange'>,
  ): AwsOperation<Request, Output> {
    const { model } = service;
    const exceptions: ExceptionTable = service.exceptions;
    const name = operationName(command);
    const { name: shapeName, shape: request } = requestModel(model, name);
    const members = Object.entries(request.members ?? {});
    const takesKey = members.some(([, { idempotencyToken }]) => idempotencyToken);
    return {
      name,
      service: { name: service.name, model, exceptions },
      effect: effect === 'change' && takesKey ? 'repeatableChange' : effect,
      command,
      meanings: (model.operations[name]?.errors ?? []).map(error => exceptions[error] ?? 'failure'),
      request,
      inPath: members.filter(([, { location }]) => location === 'uri').map(([member]) => apiNameOf(member)),
      takesKey,
      get shape() {
        return shapeOf(model, shapeName);
      },
    };
  };
}

/** A command knows its operation by the SDK's schema of it. */
function operationName(command: new (request: never) => object): string {
  const { schema } = new command({} as never) as { readonly schema: readonly unknown[] };
  return String(schema[2]);
}

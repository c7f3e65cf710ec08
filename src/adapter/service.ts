/** AWS's services as this gateway uses them. */
import type { AwsCommand } from '../aws/client.ts';
import type { ServiceModel } from '../aws/models/model.ts';
import type { ServiceQuotas } from '../aws/models/quotas.ts';
import type { ExceptionTable, Meaning } from './exceptions.ts';
import { type AwsOperation, awsOperation, type Effect, type ServiceFacts } from './operation.ts';
import type { AwsSession } from './session.ts';

export interface ServiceDeclaration<Model extends ServiceModel> extends Omit<ServiceFacts, 'defaults'> {
  readonly model: Model;
  /** A table that forgets one of the model's exceptions does not compile. It may have others, too. */
  readonly exceptions: Readonly<Record<keyof Model['errors'] & string, Meaning>> & ExceptionTable;
  /** What AWS lets through in a second, and so which budget each operation draws from. */
  readonly quotas: ServiceQuotas;
  readonly iamResources?: Readonly<Record<string, readonly (keyof Model['operations'] & string)[]>>;
}

/** One kind of thing that a service keeps, such as its users: where the adapter for it comes from. */
export interface Entity<Adapter extends object> {
  readonly service: Service;
  /** Makes the adapter of one GraphQL request. */
  readonly open: (aws: AwsSession) => Adapter;
}

declare const settingsType: unique symbol;

/** A service: what its operations and entities have in common. */
export interface Service<Settings = unknown> extends ServiceFacts {
  /** The compiler's memory of what the settings of its provider are. */
  readonly [settingsType]?: Settings;
  readonly quotas: ServiceQuotas;
  /** Declares one of its operations by the SDK's command. */
  operation<Request extends object, Response>(
    command: new (request: Request) => AwsCommand<Response>,
    effect: Exclude<Effect, 'repeatableChange'>,
  ): AwsOperation<Request, Response>;
  /** Declares one of its entities by the class of its adapter. */
  entity<Adapter extends object>(adapter: new (aws: AwsSession) => Adapter): Entity<Adapter>;
}

/**
 * Declares a service.
 *
 * @param settings The settings of its provider, if it has any.
 */
export function awsService<Model extends ServiceModel, Settings = unknown>(
  declaration: ServiceDeclaration<Model>,
  settings?: Pick<ServiceFacts, 'defaults'> & { readonly read: (...args: never[]) => Settings },
): Service<Settings> {
  const facts: ServiceFacts = { ...declaration, defaults: settings?.defaults };
  const service: Service<Settings> = {
    ...facts,
    quotas: declaration.quotas,
    operation: (command, effect) => awsOperation(facts, command, effect),
    entity: adapter => ({ service, open: aws => new adapter(aws) }),
  };
  return service;
}

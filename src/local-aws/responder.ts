import { randomUUID } from 'node:crypto';
import { AwsException } from './exception.ts';
import type { Faults } from './faults.ts';
import { awsJsonFailure } from './protocols/aws-json.ts';
import { type Route, type WireAnswer, type WireRequest, withRequestId } from './protocols/protocol.ts';
import { restJsonFailure } from './protocols/rest-json.ts';
import type { RequestJournal } from './request-journal.ts';
import type { Service } from './services/service.ts';
import { type Outcome, strike } from './strike.ts';
import type { Throttle } from './throttle.ts';
import type { World } from './world.ts';

export interface ResponderDependencies {
  readonly world: Pick<World, 'services' | 'transaction'>;
  readonly faults: Faults;
  readonly throttle: Throttle;
  readonly requests: RequestJournal;
  readonly clock: () => Date;
  /** Resolves after the time, or rejects when local AWS stops. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** A request that is for an operation of AWS. */
interface Received {
  readonly service: Service;
  readonly route: Route;
  readonly request: WireRequest;
  readonly requestId: string;
}

/** Answers AWS's requests: finds the operation, lets faults strike, performs it, makes it durable. */
export class Responder {
  readonly #dependencies: ResponderDependencies;

  constructor(dependencies: ResponderDependencies) {
    this.#dependencies = dependencies;
  }

  async respond(request: WireRequest): Promise<Outcome> {
    const requestId = randomUUID();
    const found = this.#find(request);
    const entry = this.#dependencies.requests.add({
      service: found?.service.id ?? 'unknown',
      operation: found?.route.name ?? 'unknown',
      requestId,
      status: null,
      at: this.#dependencies.clock().toISOString(),
    });
    const outcome = found
      ? await this.#serve({ ...found, request, requestId })
      : unroutable(request, requestId);
    if (outcome !== 'drop') entry.status = outcome.status;
    return outcome;
  }

  #find(request: WireRequest): Pick<Received, 'service' | 'route'> | undefined {
    for (const service of this.#dependencies.world.services) {
      const route = service.protocol.route(request);
      if (route) return { service, route };
    }
    return undefined;
  }

  async #serve(received: Received): Promise<Outcome> {
    const { faults, throttle, wait } = this.#dependencies;
    const { service, route, requestId } = received;
    if (!throttle.admits(service.quotas, route.name)) {
      return withRequestId(service.protocol.failure(service.overQuota(), requestId), requestId);
    }
    const { milliseconds, effect } = faults.strike(service.id, route.name);
    if (milliseconds > 0) await wait(milliseconds);
    if (!effect) return this.#perform(received);
    if (effect.type === 'late') void this.#performLater(received, effect.milliseconds);
    if ('when' in effect && effect.when === 'after') this.#perform(received);
    return strike(effect, received);
  }

  /** Performs an operation of which nobody hears any more. */
  async #performLater(received: Received, milliseconds: number): Promise<void> {
    try {
      await this.#dependencies.wait(milliseconds);
    } catch {
      // Local AWS has stopped before.
      return;
    }
    this.#perform(received);
  }

  /** Performs an operation whole: its changes are on disk before anyone hears of them, or undone. */
  #perform({ service, route, request, requestId }: Received): WireAnswer {
    const { world } = this.#dependencies;
    try {
      if (!request.signature) throw missingAuthentication();
      const operation = service.operation(route.name);
      if (!operation) throw unknownOperation(service, route);
      const input = service.protocol.input(request, route);
      const { region } = request.signature;
      const output = world.transaction(() => operation(input, region));
      return withRequestId(service.protocol.success(route, output), requestId);
    } catch (error) {
      const exception = error instanceof AwsException ? error : internalFailure(error, requestId);
      return withRequestId(service.protocol.failure(exception, requestId), requestId);
    }
  }
}

/** The answer to a request that no service recognises. */
function unroutable(request: WireRequest, requestId: string): WireAnswer {
  const { method, path, target, signature } = request;
  if (!signature) return refusal(request, missingAuthentication(), requestId, 403);
  const exception = new AwsException(
    'UnknownOperationException',
    `Local AWS knows no operation for ${target ? `the target ${target}` : `${method} ${path}`}`,
  );
  return refusal(request, exception, requestId);
}

/** Refuses a request that reaches no service, in the protocol it seems to speak. */
export function refusal(
  { target }: WireRequest,
  exception: AwsException,
  requestId: string = randomUUID(),
  status = target ? 400 : 404,
): WireAnswer {
  const answer = target ? awsJsonFailure(exception, status) : restJsonFailure(exception, requestId, status);
  return withRequestId(answer, requestId);
}

function unknownOperation(service: Service, { name, model }: Route): AwsException {
  return new AwsException(
    'UnknownOperationException',
    model
      ? `Local AWS does not have the operation ${name} of ${service.id}`
      : `There is no operation ${name} in ${service.id}`,
  );
}

function missingAuthentication(): AwsException {
  return new AwsException('MissingAuthenticationTokenException', 'The request is not signed');
}

function internalFailure(error: unknown, requestId: string): AwsException {
  console.error(`local AWS: request ${requestId} met an unexpected error`, error);
  return new AwsException('InternalFailure', 'An unexpected error happened in local AWS');
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AwsException } from './exception.ts';
import type { Faults, Strike } from './faults.ts';
import { awsJsonFailure } from './protocols/aws-json.ts';
import type { Route, WireAnswer, WireRequest } from './protocols/protocol.ts';
import { restJsonFailure } from './protocols/rest-json.ts';
import type { RequestJournal } from './request-journal.ts';
import type { Service } from './services/service.ts';
import type { Store } from './store.ts';

/** What a request leads to: an answer, or a connection that breaks without one. */
export type Outcome = WireAnswer | 'drop';

export interface HandlerDependencies {
  readonly services: readonly Service[];
  readonly store: Pick<Store, 'commit' | 'rollback'>;
  readonly faults: Faults;
  readonly requests: RequestJournal;
  readonly clock: () => Date;
  /** Resolves after the time, or rejects when local AWS stops. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Answers AWS's requests: finds the operation, lets faults strike, performs it, makes it durable. */
export class RequestHandler {
  readonly #dependencies: HandlerDependencies;

  constructor(dependencies: HandlerDependencies) {
    this.#dependencies = dependencies;
  }

  async handle(request: WireRequest, headers: IncomingMessage['headers']): Promise<Outcome> {
    const requestId = randomUUID();
    const { service, route } = this.#find(request);
    const entry = this.#dependencies.requests.add({
      service: service?.id ?? 'unknown',
      operation: route?.name ?? 'unknown',
      requestId,
      status: null,
      at: this.#dependencies.clock().toISOString(),
    });
    const outcome =
      service && route
        ? await this.#serve(service, route, request, headers.authorization, requestId)
        : unroutable(request, headers.authorization, requestId);
    if (outcome === 'drop') return outcome;
    entry.status = outcome.status;
    return outcome;
  }

  #find(request: WireRequest): { service?: Service; route?: Route } {
    for (const service of this.#dependencies.services) {
      const route = service.protocol.route(request);
      if (route) return { service, route };
    }
    return {};
  }

  async #serve(
    service: Service,
    route: Route,
    request: WireRequest,
    authorization: string | undefined,
    requestId: string,
  ): Promise<Outcome> {
    const { faults, wait } = this.#dependencies;
    const perform = () => this.#perform(service, route, request, authorization, requestId);
    const { milliseconds, effect } = faults.strike(service.id, route.name);
    if (milliseconds > 0) await wait(milliseconds);
    if (!effect) return perform();
    if ('when' in effect && effect.when === 'after') perform();
    return struck(service, effect, requestId);
  }

  /** Performs an operation whole: its changes are on disk before anyone hears of them, or undone. */
  #perform(
    service: Service,
    route: Route,
    request: WireRequest,
    authorization: string | undefined,
    requestId: string,
  ): WireAnswer {
    const { store } = this.#dependencies;
    try {
      if (!authorization) throw missingAuthentication();
      const operation = service.operation(route.name);
      if (!operation) throw unknownOperation(service, route);
      const output = operation(service.protocol.input(request, route), signingRegion(authorization));
      store.commit();
      return withRequestId(service.protocol.success(route, output), requestId);
    } catch (error) {
      store.rollback();
      const exception = error instanceof AwsException ? error : internalFailure(error, requestId);
      return withRequestId(service.protocol.failure(exception, requestId), requestId);
    }
  }
}

function struck(service: Service, effect: NonNullable<Strike['effect']>, requestId: string): Outcome {
  const { protocol, throttled } = service;
  switch (effect.type) {
    case 'drop':
      return 'drop';
    case 'response': {
      const answer: WireAnswer = {
        status: effect.status,
        headers: effect.contentType === undefined ? {} : { 'content-type': effect.contentType },
        body: effect.body,
      };
      return effect.requestId ? withRequestId(answer, requestId) : answer;
    }
    case 'throttle': {
      const { retryAfterSeconds: seconds } = effect;
      const answer = withRequestId(protocol.failure(throttled(seconds), requestId), requestId);
      return seconds === undefined
        ? answer
        : { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
    }
    default: {
      const message = effect.message ?? `Injected ${effect.name}`;
      const exception = new AwsException(effect.name, message, effect.members);
      return withRequestId(protocol.failure(exception, requestId, effect.status), requestId);
    }
  }
}

/** The answer to a request that no service recognises, in the protocol it seems to speak. */
function unroutable(
  { method, path, target }: WireRequest,
  authorization: string | undefined,
  requestId: string,
): WireAnswer {
  const exception = authorization
    ? new AwsException(
        'UnknownOperationException',
        `Local AWS knows no operation for ${target ? `the target ${target}` : `${method} ${path}`}`,
      )
    : missingAuthentication();
  const answer = target
    ? awsJsonFailure(exception, authorization ? 400 : 403)
    : restJsonFailure(exception, authorization ? 404 : 403);
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

/** From `Credential=key/20260102/eu-west-1/service/aws4_request`. */
function signingRegion(authorization: string): string {
  return /Credential=[^/,\s]+\/\d{8}\/([a-z0-9-]{1,40})\//.exec(authorization)?.[1] ?? 'us-east-1';
}

function withRequestId(answer: WireAnswer, requestId: string): WireAnswer {
  return { ...answer, headers: { ...answer.headers, 'x-amzn-RequestId': requestId } };
}

/**
 * Sends commands of the AWS SDK with the SDK's own parts, but without its middleware stack.
 *
 * The stack builds a chain of some fifteen closures, a signer and several copies of the configuration for
 * every call. Here, what cannot change between calls is resolved once; the serializer, the signer (with
 * credentials that refresh and clock-skew correction), the retry strategy and the deserializer are the SDK's
 * own, taken from the client's resolved configuration. docs/performance.md has the measurements.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { HttpRequest } from '@smithy/core/protocols';
import { INVOCATION_ID_HEADER, REQUEST_HEADER } from '@smithy/core/retry';
import { operation } from '@smithy/core/schema';
import type {
  HttpSigner,
  MetadataBearer,
  OperationSchema,
  RetryStrategyV2,
  StaticOperationSchema,
} from '@smithy/types';
import { unlessEnded } from '../unless-ended.ts';
import { Admission, type AdmissionRequest } from './admission.ts';
import { markAnswer, readAnswer } from './answer.ts';
import { AttemptFailure, fail, failedAttempt, retryInfo } from './attempt-failure.ts';
import type { AttemptEnd } from './attempts.ts';
import type { ClientConfig } from './client-config.ts';
import { CredentialTrace } from './credential-trace.ts';
import { AwsFailure, GivenUp, NoRoom, NotAdmitted, Overdue, sentFailureKind, TooMuch } from './failure.ts';
import { LargeRequests } from './large-requests.ts';
import { type Route, RouteFinder } from './route.ts';
import { KeyKeepingSigner } from './signer.ts';
import type { Progress } from './transport.ts';
import { connectFailureKind, credentialFailureKind } from './unsent.ts';

/** How often and when attempts are repeated. */
interface Retries {
  readonly strategy: RetryStrategyV2;
  readonly maxAttempts: number;
}

/** A command of the SDK with its output type. */
export interface AwsCommand<Output> {
  readonly input: object;
  resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: Output }>;
}

export interface SendOptions extends AdmissionRequest {
  /**
   * Whether the operation may safely be performed twice: it only reads, or AWS recognises the repeat by a
   * token. Otherwise an attempt is repeated only when AWS certainly did not perform it, because a repeated
   * create would meet the conflict, and a repeated delete the absence, that its first try caused.
   */
  readonly repeatable: boolean;
  /** What each attempt carries for whoever traces it on its way; the signature does not cover it. */
  readonly traceparent?: string | undefined;
  /**
   * The world of a local AWS that the call is for, if not the one of calls that name none. What happens to such calls says
   * nothing of AWS: they draw from no budget, and no breaker counts them.
   */
  readonly world?: string | undefined;
}

/** Without quotas, which is for clients that keep to none. */
const unlimited = { service: '', operations: [], counts: 'together' } as const;

/** For calls to worlds of a local AWS. */
const boundless = new Admission(unlimited);

export class AwsClient {
  /** Ends all waits when the gateway stops. */
  readonly stopped: AbortSignal;
  readonly #admission: Admission;
  readonly #large: LargeRequests;
  readonly #config: ClientConfig;
  readonly #signer: HttpSigner;
  readonly #service: string;
  readonly #routes: RouteFinder;
  #retries: Retries | undefined;
  /** The time by AWS's clock in the last answer, and by this machine's when it came. */
  #lastAnswer: { readonly date: string | undefined; readonly at: number } | undefined;

  /**
   * @param client A client of the AWS SDK, of a service that signs with SigV4.
   * @param admission Decides when calls are made; without it, always at once.
   * @param stopped Ends all waits before a call, and before a repeat.
   */
  constructor(
    client: { readonly config: object },
    admission = new Admission(unlimited),
    stopped = new AbortController().signal,
  ) {
    this.#admission = admission;
    this.stopped = stopped;
    this.#large = new LargeRequests(stopped);
    this.#config = client.config as ClientConfig;
    const scheme = this.#config.httpAuthSchemes[0];
    if (!scheme) throw new TypeError('The client has no way to sign requests.');
    this.#signer = scheme.signer;
    this.#routes = new RouteFinder(this.#config);
    const { credentials, region, defaultSigningName, serviceId } = this.#config;
    // As packages of the SDK, and this project's models, call it.
    this.#service = serviceId.toLowerCase().replaceAll(' ', '-');
    const keeping = new KeyKeepingSigner(credentials, region, defaultSigningName);
    this.#config.signer = async () => keeping;
  }

  /**
   * Performs `command`, with the SDK's retries.
   *
   * @throws AwsFailure when there is no result.
   */
  send<Output>(command: AwsCommand<Output>, options: SendOptions): Promise<Output> {
    const entering = this.#large.enter(command.input, options);
    return entering ? this.#sendLarge(command, options, entering) : this.#send(command, options);
  }

  async #sendLarge<Output>(
    command: AwsCommand<Output>,
    options: SendOptions,
    entering: Promise<() => void>,
  ): Promise<Output> {
    const leave = await entering.catch((error: unknown) => {
      const failed = failedAttempt(error);
      throw failed ? new AwsFailure(failed.kind, failed.cause) : error;
    });
    try {
      return await this.#send(command, options);
    } finally {
      leave();
    }
  }

  async #send<Output>(command: AwsCommand<Output>, options: SendOptions): Promise<Output> {
    const { repeatable, listener, world } = options;
    const admission = world === undefined ? this.#admission : boundless;
    const schema = operationOf(command);
    const { strategy, maxAttempts } = this.#retries ?? (await this.#findRetries());
    let token = await strategy.acquireInitialRetryToken('');
    let failure: AwsFailure | undefined;
    let request: HttpRequest | undefined;
    for (;;) {
      // It is set when the attempt begins.
      let era = undefined as number | undefined;
      let startedAt = performance.now();
      const attempt = token.getRetryCount() + 1;
      try {
        const route = this.#routes.found ?? (await this.#routes.find(command));
        request ??= await this.#serialize(schema, command, route);
        request.headers[REQUEST_HEADER] = `attempt=${attempt}; max=${maxAttempts}`;
        const turn = admission.turn(schema.name, options);
        if (turn) await turn;
        // When there is a connection for it: the provider may have stopped to answer meanwhile.
        const begin = () => {
          startedAt = performance.now();
          era = admission.begin();
        };
        const output = await this.#attempt<Output>(schema, request, route, { ...options, begin });
        if (era !== undefined) admission.ended(era, schema.name);
        strategy.recordSuccess(token);
        listener?.attemptEnded(this.#succeeded(schema, attempt, startedAt, output));
        return output;
      } catch (error) {
        // What is not sent again, for reasons of this gateway's own, failed as it did before.
        if (error instanceof NotAdmitted && failure) throw failure;
        const failed = failedAttempt(error, request?.hostname);
        if (!failed) {
          if (era !== undefined) admission.abandoned(era);
          throw error;
        }
        failure = new AwsFailure(failed.kind, failed.cause, {
          trace: failed.trace,
          host: failed.host,
          earlier: failure,
        });
        const info = retryInfo(failed.cause);
        const throttled = failed.kind === 'exception' && info.errorType === 'THROTTLING';
        if (era !== undefined) {
          const { kind, status } = failure;
          admission.ended(era, schema.name, { kind, status, throttled });
        }
        if (wasMade(failed, era)) {
          listener?.attemptEnded(this.#failed(schema, attempt, startedAt, failure, throttled));
        }
        if (failure.outcomeUnknown && !repeatable) throw failure;
        // The strategy refuses by throwing: the error is not retryable, or attempts or capacity ran out.
        const refresh = strategy.refreshRetryTokenForRetry(token, info).catch(() => undefined);
        const next = await unlessEnded(refresh, this.stopped);
        if (!next) throw failure;
        token = next;
        // The strategies of today wait before they give a token; earlier ones left it to their caller.
        await unlessEnded(setTimeout(token.getRetryDelay()), this.stopped);
      }
    }
  }

  #succeeded(schema: OperationSchema, attempt: number, startedAt: number, output: unknown): AttemptEnd {
    const { $metadata: metadata } = output as Partial<MetadataBearer>;
    return {
      service: this.#service,
      operation: schema.name,
      attempt,
      durationMs: performance.now() - startedAt,
      ...(metadata?.requestId && { requestId: metadata.requestId }),
      throttled: false,
    };
  }

  #failed(
    schema: OperationSchema,
    attempt: number,
    startedAt: number,
    { kind, status, requestId }: AwsFailure,
    throttled: boolean,
  ): AttemptEnd {
    return {
      service: this.#service,
      operation: schema.name,
      attempt,
      durationMs: performance.now() - startedAt,
      failure: kind,
      ...(status !== undefined && { status }),
      ...(requestId !== undefined && { requestId }),
      throttled,
    };
  }

  /** How far AWS's clock is ahead of this machine's, by the last answer, which tells whole seconds. */
  get clockAheadMs(): number {
    const { date, at } = this.#lastAnswer ?? {};
    const ahead = Date.parse(date ?? '') - (at ?? 0);
    return Number.isNaN(ahead) ? 0 : ahead;
  }

  /** The region that requests go to, as the SDK's configuration chain finds it; rejects when there is none. */
  region(): Promise<string> {
    return this.#config.region();
  }

  /** The endpoint that was configured instead of AWS's own, or undefined. */
  async customEndpoint(): Promise<string | undefined> {
    return this.#config.serviceConfiguredEndpoint?.();
  }

  /** What the SDK's settings call the service. */
  get serviceId(): string {
    return this.#config.serviceId;
  }

  /**
   * Finds out where requests go, without sending any.
   *
   * @param command Any of the service's.
   * @throws AwsFailure when the SDK's rules of endpoints refuse the settings.
   */
  async findRoute(command: object): Promise<void> {
    try {
      await this.#routes.find(command);
    } catch (error) {
      throw error instanceof AttemptFailure ? new AwsFailure(error.kind, error.cause) : error;
    }
  }

  async #findRetries(): Promise<Retries> {
    const { retryStrategy, maxAttempts } = this.#config;
    this.#retries = { strategy: await retryStrategy(), maxAttempts: await maxAttempts() };
    return this.#retries;
  }

  async #serialize(
    schema: OperationSchema,
    command: AwsCommand<unknown>,
    route: Route,
  ): Promise<HttpRequest> {
    const request = await this.#config.protocol
      .serializeRequest(schema, command.input, route.context)
      .catch((error: unknown) => fail('unencodable', error));
    request.headers['host'] = route.host;
    request.headers['user-agent'] = route.userAgent;
    request.headers[INVOCATION_ID_HEADER] = randomUUID();
    if (request.body !== undefined) {
      request.headers['content-length'] = String(Buffer.byteLength(request.body as string | Uint8Array));
    }
    return request;
  }

  async #attempt<Output>(
    schema: OperationSchema,
    request: HttpRequest,
    route: Route,
    { principal, caller, deadline, traceparent, world, begin }: SendOptions & Pick<Progress, 'begin'>,
  ): Promise<Output> {
    // The SDK's signer keeps its sample of the clock skew in this object, from signing to the answer.
    const signing = { ...route.signing, config: this.#config, context: { endpointV2: route.endpoint } };
    const signature = this.#signer.sign(request, {}, signing).catch((error: unknown) => {
      const trace = this.#config.logger instanceof CredentialTrace ? this.#config.logger.of(error) : [];
      throw new AttemptFailure(credentialFailureKind(error, trace), error, { trace });
    });
    // What gives credentials may never answer.
    const signed = await unlessEnded(signature, this.stopped);
    if (!signed) throw new GivenUp(false);
    // A proxy between may change it, as service meshes do: nothing that is signed survives that.
    if (traceparent !== undefined) signed.headers['traceparent'] = traceparent;
    if (world !== undefined) signed.headers['x-local-aws-world'] = world;
    const progress: Progress = { principal, caller, deadline, begin };
    const { response } = await this.#config.requestHandler
      .handle(signed as HttpRequest, progress)
      .catch((error: unknown) => {
        const target = { host: request.hostname };
        const own = failedAttempt(error, target.host);
        if (own) throw own;
        if (error instanceof TooMuch) return fail('tooMuch', error, target);
        if (error instanceof NoRoom) return fail('noRoom', error, target);
        const sent = progress.handedOver !== false;
        return fail(sent ? sentFailureKind(error) : connectFailureKind(error), error, target);
      });
    this.#lastAnswer = { date: response.headers['date'], at: Date.now() };
    try {
      const output = await readAnswer(this.#config.protocol, schema, route, response);
      this.#signer.successHandler?.(response, signing);
      return output as Output;
    } catch (error) {
      const isException = markAnswer(error as Error, response);
      try {
        this.#signer.errorHandler?.(signing)(error as Error);
      } catch {
        // It rethrows the error by contract, after it adjusted the clock.
      }
      throw new AttemptFailure(isException ? 'exception' : 'unreadable', error, { host: request.hostname });
    }
  }
}

/** Whether there was an attempt at all: for some there is no turn and no connection in time, or nobody who waits. */
function wasMade({ kind, cause }: AttemptFailure, era: number | undefined): boolean {
  if (kind === 'dropped') return false;
  return era !== undefined || !(cause instanceof NotAdmitted || cause instanceof Overdue);
}

const operations = new WeakMap<StaticOperationSchema, OperationSchema>();

function operationOf(command: object): OperationSchema {
  const { schema } = command as { schema: StaticOperationSchema };
  let found = operations.get(schema);
  if (!found) {
    const [, namespace, name, traits, input, output] = schema;
    found = operation(namespace, name, traits, input, output);
    operations.set(schema, found);
  }
  return found;
}

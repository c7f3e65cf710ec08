/** What resolvers are given: the providers' entities, as one GraphQL request sees them. */
import DataLoader from 'dataloader';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Auditor, IntendedChange, OwnChange } from '../adapter/audited.ts';
import type { CallMemory } from '../adapter/call-memory.ts';
import type { Diagnosis } from '../adapter/diagnosis.ts';
import type { Found, LookUp } from '../adapter/look-up.ts';
import type { AwsOperation, ServiceFacts } from '../adapter/operation.ts';
import type { Entity, Service } from '../adapter/service.ts';
import { AwsSession, type CallListener } from '../adapter/session.ts';
import type { AuditEvents, AuditTrail, Occasion } from '../audit/index.ts';
import type { Principal } from '../auth/principal.ts';
import type { AdmissionState } from '../aws/admission.ts';
import type { AttemptEnd, BudgetWait } from '../aws/attempts.ts';
import type { AwsClient } from '../aws/client.ts';
import type { Deadline } from '../aws/failure.ts';
import type { ServiceModel } from '../aws/models/model.ts';
import type { Caller, TransportState } from '../aws/transport.ts';
import { ApiError, ConflictError, ProviderFailureError } from '../errors.ts';
import type { Jobs } from '../jobs/index.ts';
import type { IdempotencyKeys } from '../ledger/index.ts';
import type { Examples } from './examples.ts';
import type { Observation } from './observer.ts';
import type { ApiOperation } from './operation/registry.ts';

/** Where requests go: AWS itself, the embedded local AWS, or another implementation of AWS's endpoints. */
export type EndpointKind = 'AWS' | 'LOCAL' | 'CUSTOM';

/** A provider as the `providers` query shows it. */
export interface ProviderStatus {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly region: string | null;
  readonly endpointKind: EndpointKind | null;
  readonly notice: string | null;
}

/** A connected provider. */
export interface ConnectedProvider {
  readonly client: AwsClient;
  readonly settings: unknown;
  readonly examples: Examples;
  /** How many requests a second of an operation of AWS it lets through; undefined where nothing limits them. */
  readonly perSecond: (operation: string) => number | undefined;
  /** What its way to AWS is at. */
  readonly upstream: () => UpstreamState;
  /** Ends the calls under way and those that wait, with what that means for them. */
  readonly disconnect: () => void;
}

/** What the way to a service of AWS is at: its breaker, its budgets, its connections. */
export interface UpstreamState extends AdmissionState, TransportState {}

/** The providers of a running gateway. */
export interface Gateway {
  readonly statuses: readonly ProviderStatus[];
  readonly connected: ReadonlyMap<string, ConnectedProvider>;
  /** What the ways to AWS are at, for metrics and whoever asks. */
  readonly upstream: () => readonly UpstreamState[];
  /** Whether requests can name a world of local AWS. */
  readonly hasWorlds?: boolean;
  /** How long it may take to find out what became of a change whose answer was lost. */
  readonly settleTimeoutMs: number;
  /** Where changes are taken down; absent if nowhere. */
  readonly auditTrail?: AuditTrail | undefined;
  /** What keeps the events of that for those who ask; absent if nothing does. */
  readonly auditEvents?: AuditEvents | undefined;
  /** What remembers changes under their keys; absent if nothing does. */
  readonly idempotencyKeys?: IdempotencyKeys | undefined;
  /** The bulk jobs. */
  readonly jobs?: Jobs | undefined;
}

/** Limits of what is under way at a time, one for each service. */
class Limits {
  readonly #limits = new Map<ServiceModel, LimitFunction>();

  of({ model, parallelLookUps }: ServiceFacts): LimitFunction {
    let limit = this.#limits.get(model);
    if (!limit) {
      limit = pLimit(parallelLookUps);
      this.#limits.set(model, limit);
    }
    return limit;
  }
}

const nobody: NonNullable<Observation['observers']> = [];

export class Context implements CallListener, Auditor {
  readonly gateway: Gateway;
  /** Who sent the request. */
  readonly principal: Principal;
  /** The errors that the request's mutations returned as members of their unions, for the log. */
  readonly refusals: ApiError[] = [];
  /** The field of `Mutation` that runs: they run one after the other. */
  mutation: string | undefined;
  /** What remembers the calls of the mutation that runs, if it has a key. */
  memory: CallMemory | undefined;
  /** Is told the scopes that are asked for, and that the caller has. */
  takenScopes: Set<string> | undefined;
  /** Whether each of the request's mutations that have a key was performed before, by the names that the answer has for them. */
  replayed: Record<string, boolean> | undefined;
  readonly #requestId: string;
  readonly #uploads: Observation['uploads'];
  readonly #caller: Caller | undefined;
  readonly #deadline: Deadline | undefined;
  /** What is known of the calls to AWS that failed, for the log. */
  readonly failures: Diagnosis[] = [];
  /** The operations that ran, each once, for the log. */
  readonly operations: ApiOperation[] = [];
  /** The attempts of calls to AWS, for the log. */
  readonly attempts: AttemptEnd[] = [];
  /** The waits for AWS's budgets, for the log. */
  readonly waits: BudgetWait[] = [];
  readonly traceparent: string | undefined;
  readonly world: string | undefined;
  readonly #observers: Observation['observers'];
  readonly #sessions = new Map<Service, AwsSession>();
  readonly #adapters = new Map<Entity<object>, object>();
  readonly #lookUpLimits = new Limits();
  /** Of their own: an item that waits for a look-up would keep the place that the look-up waits for. */
  readonly #batchLimits = new Limits();
  readonly #loaders = new Map<LookUp, DataLoader<unknown, unknown, string>>();

  /**
   * @param caller Who waits for the answer.
   * @param deadline When what only reads is given up.
   */
  constructor(
    gateway: Gateway,
    principal: Principal,
    caller?: Caller,
    { requestId = '', observers, traceparent, world, uploads }: Observation = {},
    deadline?: Deadline,
  ) {
    this.gateway = gateway;
    this.principal = principal;
    this.#requestId = requestId;
    this.#uploads = uploads;
    this.#caller = caller;
    this.#deadline = deadline;
    this.#observers = observers;
    this.traceparent = traceparent;
    this.world = gateway.hasWorlds ? world : undefined;
  }

  /** The adapter of an entity. */
  aws<Adapter extends object>(entity: Entity<Adapter>): Adapter {
    let adapter = this.#adapters.get(entity);
    if (!adapter) {
      adapter = entity.open(this.#session(entity.service));
      this.#adapters.set(entity, adapter);
    }
    return adapter as Adapter;
  }

  /** All files that came with the request. */
  get uploads(): Observation['uploads'] {
    return this.#uploads;
  }

  /** A file that came with the request, by the name that stands for it in the variables. */
  upload(name: string): Uint8Array | undefined {
    return this.#uploads?.get(name);
  }

  /** What the provider of a service was configured with. */
  settings<Settings>(service: Service<Settings>): Settings {
    return this.#provider(service).settings as Settings;
  }

  /** What a look-up finds, or null. Equal keys share one call to AWS, until something is changed. */
  find<Key, Value>(lookUp: LookUp<Key, Value>, key: Key): Promise<Value | null> {
    let loader = this.#loaders.get(lookUp);
    if (!loader) {
      loader = this.#loader(lookUp as unknown as LookUp<unknown>);
      this.#loaders.set(lookUp, loader);
    }
    return loader.load(key) as Promise<Value | null>;
  }

  /**
   * Does something for each item of a batch, for as many at a time as a request may burden the service with. When it fails for
   * one, it is not begun for others.
   */
  forEach<Item, Result>(
    service: ServiceFacts,
    items: readonly Item[],
    act: (item: Item) => Promise<Result>,
  ): Promise<Result[]> {
    const limit = this.#batchLimits.of(service);
    let failed: Promise<Result> | undefined;
    const begin = (item: Item) => {
      if (failed) return failed;
      const result = act(item);
      result.catch(() => {
        failed ??= result;
      });
      return result;
    };
    return Promise.all(items.map(item => limit(begin, item)));
  }

  /** Forgets what was found: it may not be so any more. */
  changed(): void {
    this.#loaders.clear();
  }

  failed(diagnosis: Diagnosis): void {
    this.failures.push(diagnosis);
  }

  intend(operation: AwsOperation, request: object): Promise<IntendedChange> {
    const trail = this.gateway.auditTrail;
    if (!trail) throw new Error('There is no audit trail.');
    return trail.intend(this.#occasion, operation, request);
  }

  /**
   * Changes something of the gateway itself, and has that taken down.
   *
   * @param change Rejects when it was not changed.
   * @throws ProviderFailureError when it cannot be taken down; then nothing is changed.
   */
  async audited(what: OwnChange, change: () => Promise<void>): Promise<void> {
    const intended = await this.gateway.auditTrail
      ?.intendOwn(this.#occasion, what)
      .catch((cause: unknown) => {
        const message = 'This gateway cannot write its audit trail. Nothing was changed.';
        throw new ProviderFailureError({ message, retryable: true, cause });
      });
    try {
      await change();
    } catch (error) {
      const { code } = error instanceof ApiError ? error : { code: 'UNEXPECTED' };
      // What a database did that was lost meanwhile, nobody knows.
      const outcome = error instanceof ConflictError ? 'refused' : 'unknown';
      await intended?.cameTo({ outcome, settled: false, code });
      throw error;
    }
    await intended?.cameTo({ outcome: 'success', settled: false });
  }

  get #occasion(): Occasion {
    return { requestId: this.#requestId, principal: this.principal.logName, mutation: this.mutation };
  }

  attemptEnded(end: AttemptEnd): void {
    this.attempts.push(end);
    for (const observer of this.#observers ?? nobody) observer.attemptEnded(end);
  }

  waited(wait: BudgetWait): void {
    this.waits.push(wait);
    for (const observer of this.#observers ?? nobody) observer.waited(wait);
  }

  /**
   * Takes note of an operation that has ended.
   *
   * @param startedAt A reading of `performance.now()`.
   * @param error What it was refused for, or failed with; undefined for a success.
   */
  operationEnded(operation: ApiOperation, startedAt: number, error: unknown): void {
    if (!this.operations.includes(operation)) this.operations.push(operation);
    if (!this.#observers) return;
    const durationMs = performance.now() - startedAt;
    for (const observer of this.#observers) observer.operationEnded(operation, durationMs, error);
  }

  #loader({ entity, find, cacheKey }: LookUp<unknown>): DataLoader<unknown, unknown, string> {
    const batch = (keys: readonly unknown[]) =>
      find(this.aws(entity), keys, this.#lookUpLimits.of(entity.service));
    return new DataLoader<unknown, Found<unknown>, string>(batch, { cacheKeyFn: cacheKey });
  }

  #session(service: Service): AwsSession {
    let session = this.#sessions.get(service);
    if (!session) {
      const { settleTimeoutMs, auditTrail } = this.gateway;
      const options = {
        principal: this.principal,
        caller: this.#caller,
        deadline: this.#deadline,
        settleTimeoutMs,
        auditor: auditTrail && this,
        memory: () => this.memory,
      };
      session = new AwsSession(this.#provider(service).client, this, options);
      this.#sessions.set(service, session);
    }
    return session;
  }

  /** Only schema code of the same provider asks, so it is connected. */
  #provider({ provider }: Service): ConnectedProvider {
    const connected = this.gateway.connected.get(provider);
    if (!connected) throw new Error(`The provider ${provider} is not connected.`);
    return connected;
  }
}

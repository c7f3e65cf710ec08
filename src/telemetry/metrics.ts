/**
 * Metrics for Prometheus. The values of labels come from declarations and closed lists alone: nothing that callers or AWS
 * say becomes one. What is counted for each request has its place in the registry found beforehand, once.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { OperationTypeNode } from 'graphql';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { AwsOperation } from '../adapter/operation.ts';
import type { AuditState } from '../audit/index.ts';
import type { AttemptEnd, BudgetWait } from '../aws/attempts.ts';
import type { BreakerState } from '../aws/breaker.ts';
import { AwsFailure, type FailureKind, wasEndedHere } from '../aws/failure.ts';
import { ApiError } from '../errors.ts';
import type { Gateway } from '../schema/context.ts';
import type { RequestObserver } from '../schema/observer.ts';
import type { ApiOperation } from '../schema/operation/registry.ts';
import type { Exchange, NamedDocument } from '../server/exchange.ts';
import type { ExchangeListener, RouteName } from '../server/exchange-listener.ts';
import { type Outcome, outcomeOf, outcomes } from '../server/outcome.ts';
import type { RunningServer } from '../server/server.ts';
import { ByKey } from './by-key.ts';
import type { ProviderReport, ProviderState } from './provider-health.ts';
import { type Count, Counts, type Distribution, Distributions } from './series.ts';

/** From 5 ms, which AWS takes at least, to 30 s, after which nobody waits any more. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const breakerStates: readonly BreakerState[] = ['closed', 'halfOpen', 'open'];

const providerStates: readonly ProviderState[] = ['ready', 'unknown', 'failing'];

/** What the type of an operation is called where there is none: the request was refused before. */
const NO_TYPE = 'none';

const types = [...Object.values(OperationTypeNode), NO_TYPE];

export interface MetricsOptions {
  readonly operations: readonly ApiOperation[];
  /** What is known of the providers, by their ids. */
  readonly providerReports: () => Readonly<Record<string, ProviderReport>>;
  /** What the ways to AWS are at. */
  readonly upstream: Gateway['upstream'];
  /** The GraphQL requests under way; undefined while the server starts. */
  readonly connections: () => RunningServer['connections'] | undefined;
  readonly inFlight: () => RunningServer['inFlight'] | undefined;
  /** What writing the audit trail is at; undefined when there is none. */
  readonly audit: () => AuditState | undefined;
}

/** The errors that alert rules ask for. */
const alerting = ['PROVIDER_FAILURE', 'ACCESS_DENIED'] as const;

/** In place of the code that says that the provider failed, which it did not. */
const GIVEN_UP = 'GIVEN_UP';

function codeOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'INTERNAL_SERVER_ERROR';
  const { cause, code } = error;
  return cause instanceof AwsFailure && wasEndedHere(cause.kind, cause.unsettled) ? GIVEN_UP : code;
}

/** What is counted of one operation of this API. */
class OperationMetrics {
  readonly seconds: Distribution;
  readonly errors: ByKey<string, Count>;

  constructor({ operationSeconds, operationErrors }: Metrics, { coordinate: operation }: ApiOperation) {
    this.seconds = operationSeconds.series({ operation });
    this.errors = new ByKey(code => operationErrors.series({ operation, code }));
    // How much a series has grown that was not there before, Prometheus cannot tell.
    for (const code of alerting) this.errors.get(code);
  }
}

/** What is counted of one operation of AWS. */
class AwsMetrics {
  readonly seconds: Distribution;
  readonly retries: Count;
  readonly throttles: Count;
  readonly waits: Distribution;
  readonly failures: ByKey<FailureKind, Count>;

  constructor(metrics: Metrics, { name: operation, service: { model } }: AwsOperation) {
    const labels = { service: model.service, operation };
    this.seconds = metrics.attemptSeconds.series(labels);
    // Rates of what has not happened yet are 0, and not unknown.
    this.retries = metrics.retries.series(labels);
    this.throttles = metrics.throttles.series(labels);
    this.waits = metrics.budgetWaitSeconds.series(labels);
    this.failures = new ByKey(failure => metrics.attemptFailures.series({ ...labels, failure }));
  }
}

/** Counts what it is told. */
export class Metrics implements RequestObserver, ExchangeListener {
  readonly registry = new Registry();
  readonly #registers = [this.registry];
  readonly httpRequests = new Counts({
    name: 'vestibule_http_requests_total',
    help: 'Requests that were answered, by what answered them and the HTTP status.',
    labelNames: ['route', 'status'],
    registers: this.#registers,
  });
  readonly requests = new Counts({
    name: 'vestibule_graphql_requests_total',
    help: 'GraphQL requests that were answered, by the type of the operation and what they came to.',
    labelNames: ['type', 'outcome'],
    registers: this.#registers,
  });
  readonly requestSeconds = new Distributions({
    name: 'vestibule_graphql_request_duration_seconds',
    help: 'How long GraphQL requests took, from their arrival to the answer.',
    labelNames: ['type'],
    buckets: BUCKETS,
    registers: this.#registers,
  });
  readonly guardRefusals = new Counts({
    name: 'vestibule_guard_refusals_total',
    help: 'Requests that a guard refused.',
    labelNames: ['guard'],
    registers: this.#registers,
  });
  readonly namedDocuments = new Counts({
    name: 'vestibule_named_documents_total',
    help: 'GraphQL requests that named their document: `hit` when it was known, `miss` when not, `sent` with its text.',
    labelNames: ['result'],
    registers: this.#registers,
  });
  readonly operationSeconds = new Distributions({
    name: 'vestibule_operation_duration_seconds',
    help: 'How long operations of the API took, by their coordinates in the schema.',
    labelNames: ['operation'],
    buckets: BUCKETS,
    registers: this.#registers,
  });
  readonly operationErrors = new Counts({
    name: 'vestibule_operation_errors_total',
    help: 'Operations of the API that were refused or failed, by the code of the error; `GIVEN_UP` when nothing failed, but the client had left, or the request had used up its time or its bytes of AWS’s answers.',
    labelNames: ['operation', 'code'],
    registers: this.#registers,
  });
  readonly attemptSeconds = new Distributions({
    name: 'vestibule_aws_attempt_duration_seconds',
    help: 'How long attempts of calls to AWS took, whatever they came to.',
    labelNames: ['service', 'operation'],
    buckets: BUCKETS,
    registers: this.#registers,
  });
  readonly attemptFailures = new Counts({
    name: 'vestibule_aws_attempt_failures_total',
    help: 'Attempts of calls to AWS without a result, by the kind of failure; `exception` is an answer of AWS.',
    labelNames: ['service', 'operation', 'failure'],
    registers: this.#registers,
  });
  readonly retries = new Counts({
    name: 'vestibule_aws_retries_total',
    help: 'Attempts that repeated an earlier one of the same call.',
    labelNames: ['service', 'operation'],
    registers: this.#registers,
  });
  readonly throttles = new Counts({
    name: 'vestibule_aws_throttles_total',
    help: 'Attempts that AWS refused because there were too many.',
    labelNames: ['service', 'operation'],
    registers: this.#registers,
  });
  readonly budgetWaitSeconds = new Distributions({
    name: 'vestibule_aws_budget_wait_seconds',
    help: 'How long attempts waited for their turn in the budget of their operation.',
    labelNames: ['service', 'operation'],
    buckets: BUCKETS,
    registers: this.#registers,
  });
  readonly #requestsByStatus = new ByKey(
    (route: RouteName) =>
      new ByKey((status: number) => this.httpRequests.series({ route, status: String(status) })),
  );
  readonly #requestsByOutcome = new ByKey(
    (type: string) => new ByKey((outcome: Outcome) => this.requests.series({ type, outcome })),
  );
  readonly #secondsByType = new ByKey((type: string) => this.requestSeconds.series({ type }));
  readonly #refusalsByGuard = new ByKey((guard: string) => this.guardRefusals.series({ guard }));
  readonly #documentsByResult = new ByKey((result: NamedDocument) => this.namedDocuments.series({ result }));
  readonly #operations: ReadonlyMap<ApiOperation, OperationMetrics>;
  readonly #aws = new Map<string, Map<string, AwsMetrics>>();
  #inFlight = 0;

  constructor({ operations, ...sources }: MetricsOptions) {
    collectDefaultMetrics({ register: this.registry });
    this.#addGauges(sources);
    this.#addAudit(sources);
    for (const type of types) {
      for (const outcome of outcomes) this.#requestsByOutcome.get(type).get(outcome);
    }
    this.#operations = new Map(operations.map(each => [each, new OperationMetrics(this, each)]));
    for (const each of new Set(operations.flatMap(({ aws }) => aws))) {
      const { service } = each.service.model;
      const ofService = this.#aws.get(service) ?? new Map<string, AwsMetrics>();
      this.#aws.set(service, ofService.set(each.name, new AwsMetrics(this, each)));
    }
  }

  exchangeBegan(
    _exchange: Exchange,
    _route: RouteName,
    _request: IncomingMessage,
    response: ServerResponse,
  ): void {
    this.#inFlight += 1;
    // Clients leave before they have sent all, and such a request is never answered.
    response.on('close', this.#left);
  }

  exchangeEnded(exchange: Exchange, route: RouteName, status: number): void {
    this.#requestsByStatus.get(route).get(status).add();
    if (exchange.refusedBy !== undefined) this.#refusalsByGuard.get(exchange.refusedBy).add();
    if (exchange.namedDocument !== undefined) this.#documentsByResult.get(exchange.namedDocument).add();
    if (route !== 'graphql') return;
    const type = exchange.operation?.operation ?? NO_TYPE;
    this.#requestsByOutcome.get(type).get(outcomeOf(exchange)).add();
    this.#secondsByType.get(type).observe((performance.now() - exchange.startedAt) / 1_000);
  }

  operationEnded(operation: ApiOperation, durationMs: number, error: unknown): void {
    const metrics = this.#operations.get(operation);
    metrics?.seconds.observe(durationMs / 1_000);
    if (error === undefined) return;
    metrics?.errors.get(codeOf(error)).add();
  }

  attemptEnded({ service, operation, attempt, durationMs, failure, throttled }: AttemptEnd): void {
    const metrics = this.#aws.get(service)?.get(operation);
    if (!metrics) return;
    metrics.seconds.observe(durationMs / 1_000);
    if (attempt > 1) metrics.retries.add();
    if (failure !== undefined) metrics.failures.get(failure).add();
    if (throttled) metrics.throttles.add();
  }

  waited({ service, operation, waitedMs }: BudgetWait): void {
    this.#aws
      .get(service)
      ?.get(operation)
      ?.waits.observe(waitedMs / 1_000);
  }

  readonly #left = (): void => {
    this.#inFlight -= 1;
  };

  /** What is asked for when the metrics are read. */
  #addGauges({
    providerReports,
    upstream,
    connections,
    inFlight: underWay,
  }: Omit<MetricsOptions, 'operations'>): void {
    const connected: Gauge = new Gauge({
      name: 'vestibule_connections',
      help: 'The connections of clients that are open, of which there may be MAX_CONNECTIONS.',
      registers: this.#registers,
      collect: () => connected.set(connections()?.count ?? 0),
    });
    const inFlight = () => this.#inFlight;
    const requests: Gauge = new Gauge({
      name: 'vestibule_http_requests_in_flight',
      help: 'Requests that have arrived and whose answers are not sent yet.',
      registers: this.#registers,
      collect: () => requests.set(inFlight()),
    });
    const served: Gauge = new Gauge({
      name: 'vestibule_graphql_requests_in_flight',
      help: 'GraphQL requests that were let in and are not done, of which there may be MAX_IN_FLIGHT.',
      registers: this.#registers,
      collect: () => served.set(underWay()?.count ?? 0),
    });
    const servedAtMost: Gauge = new Gauge({
      name: 'vestibule_graphql_requests_in_flight_limit',
      help: 'How many GraphQL requests may be under way; others are refused by the guard `the requests in flight`.',
      registers: this.#registers,
      collect: () => servedAtMost.set(underWay()?.maximum ?? 0),
    });
    const waiting: Gauge = new Gauge({
      name: 'vestibule_requests_waiting',
      help: 'Requests that wait for their turn since the gateway has more to do than it can, of which there may be MAX_IN_FLIGHT, too.',
      registers: this.#registers,
      collect: () => waiting.set(underWay()?.waiting.count ?? 0),
    });
    const coming: Gauge = new Gauge({
      name: 'vestibule_bodies_coming',
      help: 'GraphQL requests whose bodies still come, which are not under way yet, and of which there may be MAX_IN_FLIGHT, too.',
      registers: this.#registers,
      collect: () => coming.set(underWay()?.coming.count ?? 0),
    });
    const bodies: Gauge = new Gauge({
      name: 'vestibule_body_bytes_in_flight',
      help: 'The bytes of memory that the bodies of requests under way take, of which there may be MAX_BODY_BYTES_IN_FLIGHT.',
      registers: this.#registers,
      collect: () => bodies.set(underWay()?.bodies.count ?? 0),
    });
    const upstreamBytes: Gauge = new Gauge({
      name: 'vestibule_upstream_bytes_in_flight',
      help: 'The bytes of AWS’s answers that requests under way have read, of which there may be MAX_UPSTREAM_BYTES_IN_FLIGHT.',
      registers: this.#registers,
      collect: () => upstreamBytes.set(underWay()?.upstreamBytes.count ?? 0),
    });
    const values: Gauge = new Gauge({
      name: 'vestibule_answer_values_in_flight',
      help: 'The values of the answers being made that may have more than 500, of which there may be MAX_ANSWER_VALUES_IN_FLIGHT.',
      registers: this.#registers,
      collect: () => values.set(underWay()?.values.count ?? 0),
    });
    const subscriptions: Gauge = new Gauge({
      name: 'vestibule_subscriptions',
      help: 'The subscriptions that are open, of which there may be MAX_SUBSCRIPTIONS.',
      registers: this.#registers,
      collect: () => subscriptions.set(underWay()?.subscriptions.count ?? 0),
    });
    const states: Gauge = new Gauge({
      name: 'vestibule_provider_state',
      help: 'The state of each provider by its last calls: 1 for the one that it has.',
      labelNames: ['provider', 'state'],
      registers: this.#registers,
      collect: () => {
        for (const [provider, { status }] of Object.entries(providerReports())) {
          for (const state of providerStates) states.set({ provider, state }, state === status ? 1 : 0);
        }
      },
    });
    const breakers: Gauge = new Gauge({
      name: 'vestibule_breaker_state',
      help: 'The state of the breaker before each service of AWS: 1 for the one that it has.',
      labelNames: ['service', 'state'],
      registers: this.#registers,
      collect: () => {
        for (const { service, breaker } of upstream()) {
          for (const state of breakerStates) breakers.set({ service, state }, state === breaker ? 1 : 0);
        }
      },
    });
    const queued: Gauge = new Gauge({
      name: 'vestibule_budget_queue',
      help: 'The calls that wait for their turn in a budget of AWS’s quotas.',
      labelNames: ['budget'],
      registers: this.#registers,
      collect: () => {
        for (const { name, queued: calls } of upstream().flatMap(({ budgets }) => budgets)) {
          queued.set({ budget: name }, calls);
        }
      },
    });
  }

  #addAudit({ audit }: Pick<MetricsOptions, 'audit'>): void {
    const failed: Counter = new Counter({
      name: 'vestibule_audit_write_failures_total',
      help: 'How often the audit trail could not be written.',
      registers: this.#registers,
      collect: () => {
        failed.reset();
        failed.inc(audit()?.failedWrites ?? 0);
      },
    });
    const unwritten: Gauge = new Gauge({
      name: 'vestibule_audit_unwritten',
      help: 'Events of the audit trail that wait to be written; while there are any, nothing is changed.',
      registers: this.#registers,
      collect: () => unwritten.set(audit()?.unwritten ?? 0),
    });
    const dropped: Counter = new Counter({
      name: 'vestibule_audit_events_dropped_total',
      help: 'Events of the audit trail that its lines have, and the database has not, because it could not be used for too long.',
      registers: this.#registers,
      collect: () => {
        dropped.reset();
        dropped.inc(audit()?.events?.dropped ?? 0);
      },
    });
    const waiting: Gauge = new Gauge({
      name: 'vestibule_audit_events_waiting',
      help: 'Events of the audit trail that wait for the database.',
      registers: this.#registers,
      collect: () => waiting.set(audit()?.events?.waiting ?? 0),
    });
  }
}

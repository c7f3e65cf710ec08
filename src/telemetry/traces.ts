/**
 * Traces by OpenTelemetry: a span for each GraphQL operation, and in it one for each attempt of a call to AWS. The SDK
 * reads its own OTEL_* variables; nothing is patched, and nothing follows asynchronous work around.
 */
import type { IncomingMessage } from 'node:http';
import {
  type Attributes,
  type Context,
  DiagLogLevel,
  defaultTextMapGetter,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ConsoleSpanExporter,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { AttemptEnd, BudgetWait } from '../aws/attempts.ts';
import type { RequestObserver } from '../schema/observer.ts';
import type { Exchange } from '../server/exchange.ts';
import type { ExchangeListener, RouteName } from '../server/exchange-listener.ts';
import { boundedName } from '../server/log-words.ts';
import { outcomeOf } from '../server/outcome.ts';

export interface TracesOptions {
  readonly exporter: 'otlp' | 'console';
  readonly protocol: 'http/protobuf' | 'http/json';
  readonly serviceName: string;
  readonly logger: Logger;
}

/** How long the last spans may take to be sent when the gateway stops. */
const LAST_EXPORT_MS = 2_000;

export interface Traces {
  readonly listener: ExchangeListener;
  readonly stop: () => Promise<void>;
}

function silent(): void {}

/** Begins to trace. */
export async function startTraces({
  exporter,
  protocol,
  serviceName,
  logger,
}: TracesOptions): Promise<Traces> {
  const log = (text: string) => logger.warn({ detail: text.slice(0, 500) }, 'OpenTelemetry complains.');
  const diagLogger = { error: log, warn: log, info: silent, debug: silent, verbose: silent };
  diag.setLogger(diagLogger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName }))
    .merge(detectResources({ detectors: [envDetector] }));
  const sender = exporter === 'console' ? new ConsoleSpanExporter() : await otlpExporter(protocol);
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(sender)] });
  return {
    listener: new TracedRequests(provider.getTracer('vestibule')),
    stop: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const limit = setTimeout(resolve, LAST_EXPORT_MS);
      await Promise.race([provider.shutdown().catch(silent), promise]);
      clearTimeout(limit);
    },
  };
}

/** Each protocol's code is loaded only when it is spoken. */
async function otlpExporter(protocol: TracesOptions['protocol']): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter();
}

const propagator = new W3CTraceContextPropagator();

/** Begins and ends the spans of GraphQL operations. */
class TracedRequests implements ExchangeListener {
  readonly #tracer: Tracer;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  exchangeBegan(exchange: Exchange, route: RouteName, { headers: { traceparent } }: IncomingMessage): void {
    if (route !== 'graphql') return;
    // Without tracestate, which may hold any text, and which AWS would not get.
    const parent = propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);
    const span = this.#tracer.startSpan('GraphQL', { kind: SpanKind.SERVER }, parent);
    const { traceId, spanId, traceFlags } = span.spanContext();
    exchange.traceId = traceId;
    exchange.traceparent = `00-${traceId}-${spanId}-0${traceFlags & 1}`;
    if (!span.isRecording()) return;
    exchange.observers = [
      ...(exchange.observers ?? []),
      new TracedRequest(this.#tracer, span, trace.setSpan(parent, span)),
    ];
  }

  exchangeEnded(exchange: Exchange, _route: RouteName, status: number): void {
    const traced = exchange.observers?.at(-1);
    if (traced instanceof TracedRequest) traced.end(exchange, status);
  }
}

/** A request whose trace is sampled. */
class TracedRequest implements RequestObserver {
  readonly #tracer: Tracer;
  readonly #span: Span;
  readonly #context: Context;

  constructor(tracer: Tracer, span: Span, context: Context) {
    this.#tracer = tracer;
    this.#span = span;
    this.#context = context;
  }

  attemptEnded({ service, operation, attempt, durationMs, ...end }: AttemptEnd): void {
    const now = performance.now();
    const attributes: Attributes = {
      'rpc.system': 'aws-api',
      'rpc.service': service,
      'rpc.method': operation,
      'http.request.resend_count': attempt - 1,
      'aws.request_id': end.requestId,
      'http.response.status_code': end.status,
      'error.type': end.throttled ? 'throttled' : end.failure,
    };
    const options = { kind: SpanKind.CLIENT, startTime: now - durationMs, attributes };
    const span = this.#tracer.startSpan(`${service}.${operation}`, options, this.#context);
    if (end.failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(now);
  }

  waited({ budget, waitedMs, admitted }: BudgetWait): void {
    const attributes = {
      'vestibule.budget': budget,
      'vestibule.waited_ms': waitedMs,
      'vestibule.admitted': admitted,
    };
    this.#span.addEvent('wait for a budget', attributes);
  }

  operationEnded(): void {}

  end(exchange: Exchange, status: number): void {
    const { operation, operations = [], errorCodes = [], refusals = [] } = exchange;
    const outcome = outcomeOf(exchange);
    const coordinates = operations.map(({ coordinate }) => coordinate);
    const type = operation?.operation;
    const attributes: Attributes = {
      'vestibule.request_id': exchange.requestId,
      'vestibule.outcome': outcome,
      'vestibule.operations': coordinates,
      'graphql.operation.type': type,
      'graphql.operation.name': boundedName(operation?.name?.value),
      'enduser.pseudo.id': exchange.principal.verifiedName,
      'http.response.status_code': status,
      'error.type': errorCodes[0] ?? refusals[0]?.code,
    };
    const span = this.#span.setAttributes(attributes);
    // Few names, whatever callers ask for together.
    span.updateName(coordinates.length === 1 ? `${type} ${coordinates[0]}` : (type ?? 'GraphQL'));
    if (outcome === 'failed' || outcome === 'bug') span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}

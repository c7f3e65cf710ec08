/** A collector of OpenTelemetry's, which takes spans over HTTP as JSON. */
import { onTestFinished } from 'vitest';
import { type RecordingServer, startRecordingServer } from './recording-server.ts';

export interface CollectedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly milliseconds: number;
  readonly status: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Collector extends RecordingServer {
  /** The spans that came, in the order of their ends. */
  spans(): readonly CollectedSpan[];
  /** What they say of where they come from. */
  resources(): readonly Readonly<Record<string, unknown>>[];
}

interface Value {
  readonly stringValue?: string;
  readonly intValue?: number;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: readonly Value[] };
}

interface Attributed {
  readonly attributes?: readonly { readonly key: string; readonly value: Value }[];
}

interface Span extends Attributed {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status?: { readonly code?: number };
}

interface Batch {
  readonly resourceSpans: readonly {
    readonly resource: Attributed;
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** Starts one, which is gone after the test. */
export async function startCollector(): Promise<Collector> {
  const server = await startRecordingServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  onTestFinished(() => server.stop());
  const batches = () => server.requests.map(({ body }) => JSON.parse(body) as Batch);
  return {
    ...server,
    spans: () =>
      batches()
        .flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans))
        .flatMap(({ spans }) => spans.map(collected)),
    resources: () =>
      batches().flatMap(({ resourceSpans }) => resourceSpans.map(({ resource }) => attributesOf(resource))),
  };
}

function collected({ name, kind, traceId, spanId, parentSpanId, status, ...span }: Span): CollectedSpan {
  const nanoseconds = BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano);
  return {
    name,
    kind,
    traceId,
    spanId,
    parentSpanId,
    milliseconds: Number(nanoseconds) / 1e6,
    status: status?.code ?? 0,
    attributes: attributesOf(span),
  };
}

function attributesOf({ attributes = [] }: Attributed): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf({ stringValue, intValue, doubleValue, arrayValue }: Value): unknown {
  return arrayValue ? arrayValue.values.map(valueOf) : (stringValue ?? intValue ?? doubleValue);
}

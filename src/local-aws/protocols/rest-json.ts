import { AwsException } from '../exception.ts';
import { parseInput } from './json.ts';
import type { OperationModel, ServiceModel } from './model.ts';
import type { Protocol, Route, WireAnswer, WireRequest } from './protocol.ts';

const headers = { 'content-type': 'application/json' };

/**
 * REST-JSON: method, path and query name the operation and carry some of its members.
 * @param olderPrefix what older SDKs put before every path, which the service ignores; absent where they put nothing
 */
export function restJson(
  model: ServiceModel,
  errorCodes: ReadonlyMap<string, string>,
  olderPrefix?: RegExp,
): Protocol {
  const routes = new RouteTable(model, olderPrefix);
  return {
    operations: new Set(model.operations.keys()),
    route: request => routes.match(request),
    input: readInput,
    success: ({ model: operation }, output) => {
      const status = operation?.http?.[2] ?? 200;
      return status === 204
        ? { status, headers: {}, body: '' }
        : { status, headers, body: JSON.stringify(output) };
    },
    failure: (exception, requestId, status) =>
      restJsonFailure(
        exception,
        requestId,
        status ?? model.exceptions.get(exception.name)?.status ?? unmodelled.get(exception.name) ?? 400,
        errorCodes.get(exception.name),
      ),
  };
}

/** Statuses of the exceptions that AWS's front end answers with, whatever the service. */
const unmodelled: ReadonlyMap<string, number> = new Map([
  ['InternalFailure', 500],
  ['MissingAuthenticationTokenException', 403],
  ['UnknownOperationException', 404],
]);

/** REST-JSON names the exception in a header; Chime's body has a code of its own beside message and request id. */
export function restJsonFailure(
  { name, message, members }: AwsException,
  requestId: string,
  status: number,
  code = name,
): WireAnswer {
  return {
    status,
    headers: { ...headers, 'x-amzn-ErrorType': name },
    body: JSON.stringify({ Code: code, Message: message, RequestId: requestId, ...members }),
  };
}

interface RestRoute {
  readonly operation: OperationModel;
  /** A fixed segment, or the member that the segment carries. */
  readonly segments: readonly ({ readonly fixed: string } | { readonly label: string })[];
  /** Query parameters that tell operations on one path apart, such as `operation=create`. */
  readonly query: readonly (readonly [name: string, value: string])[];
}

class RouteTable {
  readonly #routes = new Map<string, RestRoute[]>();
  readonly #olderPrefix: RegExp | undefined;

  constructor(model: ServiceModel, olderPrefix: RegExp | undefined) {
    this.#olderPrefix = olderPrefix;
    for (const operation of model.operations.values()) {
      if (!operation.http) continue;
      const [method, uri] = operation.http;
      const [path = '', query] = uri.split('?', 2);
      const segments = path
        .split('/')
        .map(segment => (segment.startsWith('{') ? { label: segment.slice(1, -1) } : { fixed: segment }));
      const key = `${method} ${segments.length}`;
      const routes = this.#routes.get(key) ?? [];
      routes.push({ operation, segments, query: [...new URLSearchParams(query)] });
      this.#routes.set(key, routes);
    }
    for (const routes of this.#routes.values()) routes.sort((a, b) => specificity(b) - specificity(a));
  }

  match({ method, path, query }: WireRequest): Route | undefined {
    const parts = (this.#olderPrefix ? path.replace(this.#olderPrefix, '') : path).split('/');
    for (const route of this.#routes.get(`${method} ${parts.length}`) ?? []) {
      const labels = matchLabels(route, parts);
      if (labels && route.query.every(([name, value]) => query.get(name) === value)) {
        return { name: route.operation.name, model: route.operation, labels };
      }
    }
    return undefined;
  }
}

/** Fixed segments win over labels, and routes that ask for a query parameter over those that do not. */
function specificity({ segments, query }: RestRoute): number {
  return segments.filter(segment => 'fixed' in segment).length * 10 + query.length;
}

function matchLabels({ segments }: RestRoute, parts: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? '';
    if ('label' in segment ? part === '' : part !== segment.fixed) return undefined;
    if ('label' in segment) labels[segment.label] = part;
  }
  return labels;
}

function readInput({ body, query }: WireRequest, { model, labels = {} }: Route): unknown {
  if (!model) return {};
  const input: Record<string, unknown> = {};
  const sent = model.http?.[0] === 'GET' ? {} : parseInput(body, model.input);
  for (const [name, member] of Object.entries(model.input.getMemberSchemas())) {
    const { httpLabel, httpQuery } = member.getMergedTraits();
    if (httpLabel) {
      input[name] = decodeLabel(labels[name] ?? '');
    } else if (httpQuery) {
      const value = query.get(httpQuery);
      if (value !== null) input[name] = member.isNumericSchema() ? readNumber(value) : value;
    } else if (Object.hasOwn(sent, name)) {
      input[name] = sent[name];
    }
  }
  return input;
}

function decodeLabel(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw new AwsException('SerializationException', 'The request path has a malformed percent-encoding');
  }
}

function readNumber(value: string): number {
  if (!/^[+-]?\d{1,15}$/.test(value)) {
    throw new AwsException('SerializationException', 'STRING_VALUE can not be converted to an Integer');
  }
  return Number(value);
}

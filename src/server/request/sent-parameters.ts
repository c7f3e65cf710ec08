/** The parameters of a request, read once for guards, for what answers without Yoga, and for Yoga. */
import { readExactly } from '../../json/exact-reading.ts';
import type { GraphQLHTTPRequest } from './graphql-http-request.ts';

/** As the client sent them: none of them needs to have the right type. */
export type SentParameters = Readonly<Record<string, unknown>>;

/** The parameters; undefined where they cannot be read, of which {@link readParameters} or Yoga says why. */
export function sentParameters(request: GraphQLHTTPRequest): SentParameters | undefined {
  try {
    return readParameters(request);
  } catch {
    return undefined;
  }
}

/**
 * The parameters, if they are an object.
 *
 * @throws SyntaxError where they are no JSON.
 * @throws DoubledName
 */
export function readParameters({ method, url, body }: GraphQLHTTPRequest): SentParameters | undefined {
  if (method === 'GET') return parametersIn(url);
  const sent: unknown = method === 'POST' ? readExactly(body) : undefined;
  return isObject(sent) ? unnamed(sent) : undefined;
}

/** What was sent, with an empty name of an operation as none. */
export function unnamed(sent: SentParameters): SentParameters {
  // As in an address, where GraphQL over HTTP has it so: some clients send it with every operation that has no name.
  return sent['operationName'] === '' ? { ...sent, operationName: undefined } : sent;
}

/** The parameters that an address may have. */
export const parameterNames = ['documentId', 'query', 'operationName', 'variables', 'extensions'] as const;

/** What an address has behind its question mark. */
export function searchOf(url: string): URLSearchParams {
  const question = url.indexOf('?');
  return new URLSearchParams(question < 0 ? '' : url.slice(question));
}

/** Empty ones count as absent. */
function parametersIn(url: string): Readonly<Record<(typeof parameterNames)[number], unknown>> {
  const sent = searchOf(url);
  const text = (name: string) => sent.get(name) || undefined;
  const json = (name: string): unknown => {
    const given = text(name);
    return given === undefined ? undefined : readExactly(given);
  };
  return {
    documentId: text('documentId'),
    query: text('query'),
    operationName: text('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

/** Whether something is what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

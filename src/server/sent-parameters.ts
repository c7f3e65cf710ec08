/** The parameters of a request, read once for guards, for what answers without Yoga, and for Yoga. */
import type { GraphQLHTTPRequest } from './graphql-http-request.ts';

/** As the client sent them: none of them needs to have the right type. */
export type SentParameters = Readonly<Record<string, unknown>>;

/** The parameters; undefined where they cannot be read, of which Yoga says why. */
export function sentParameters({ method, url, body }: GraphQLHTTPRequest): SentParameters | undefined {
  try {
    if (method === 'GET') return parametersIn(url);
    const sent: unknown = method === 'POST' ? JSON.parse(body) : undefined;
    return isObject(sent) ? sent : undefined;
  } catch {
    return undefined;
  }
}

/** Empty ones count as absent. */
function parametersIn(url: string): SentParameters {
  const question = url.indexOf('?');
  const sent = new URLSearchParams(question < 0 ? '' : url.slice(question));
  const text = (name: string) => sent.get(name) || undefined;
  const json = (name: string): unknown => {
    const given = text(name);
    return given === undefined ? undefined : JSON.parse(given);
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

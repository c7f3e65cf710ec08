/** Requests with bearer tokens, and what can come of them. */
import { json, type Received, send } from './http.ts';

/** Reaches AWS, if it is let through. */
export const query = '{ rekognitionCollections(first: 1) { edges { node { collectionId } } } }';

export const served = { status: 200, body: { data: { rekognitionCollections: {} } } };

export function withToken(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export function ask(
  { url }: { readonly url: string },
  headers: Record<string, string>,
  document = query,
  variables?: object,
): Promise<Received> {
  return send(url, json(JSON.stringify({ query: document, variables }), headers));
}

/** The answer to a token that is not taken. */
export function refused(reason: string) {
  return {
    status: 401,
    headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${reason}"` },
    body: { errors: [{ message: reason, extensions: { code: 'UNAUTHENTICATED' } }] },
  };
}

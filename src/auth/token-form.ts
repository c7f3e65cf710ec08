/** Whether a text can be a token at all: what anybody can make without a key is refused before it costs much. */
import { errors, type JWSHeaderParameters } from 'jose';

/**
 * Three parts of base64url, of which the signature may be empty. What decodes it takes other letters too, and passes over blanks: one token would
 * be any number of texts.
 */
const form = /^[\w-]+\.([\w-]+)\.[\w-]*$/;

/**
 * What is wrong with the form of a token, or with its algorithm; undefined if only its verification can tell. It makes
 * no error, whose trace of the stack is most of what it costs to refuse.
 */
export function flawOf(token: string, algorithms: ReadonlySet<unknown>): string | undefined {
  const claims = form.exec(token)?.[1];
  if (claims === undefined) return errors.JWTInvalid.code;
  const { alg } = headerOf(token);
  if (typeof alg !== 'string' || !begins(claims)) return errors.JWTInvalid.code;
  if (!algorithms.has(alg)) return errors.JOSEAlgNotAllowed.code;
  return isCanonical(token.slice(token.lastIndexOf('.') + 1)) ? undefined : errors.JWTInvalid.code;
}

/** Whether it is the one text of base64url that its bytes have: the last letter has bits that do not count. */
function isCanonical(signature: string): boolean {
  const end = signature.slice(-(signature.length % 4 || 4));
  return Buffer.from(end, 'base64url').toString('base64url') === end;
}

/** What a token says of how it is signed; nothing if it cannot be read. */
export function headerOf(token: string): JWSHeaderParameters {
  if (!begins(token)) return {};
  try {
    const header = Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString();
    return JSON.parse(header) as JWSHeaderParameters;
  } catch {
    return {};
  }
}

/** Whether a part begins as an object of JSON does, which no issuer writes with a space before it. */
function begins(part: string): boolean {
  return part.startsWith('ey') || part.startsWith('e3') || part.startsWith('ew');
}

/** Hashes that tell keys and inputs apart, and tell nobody without the secret what they are of. */
import { createHmac, type Hmac } from 'node:crypto';

/**
 * The hash of values. Members of objects count in any order, and those that are undefined do not count.
 *
 * @param values What GraphQL made of the caller's: texts, numbers, lists, objects, times, bytes.
 */
export function fingerprint(secret: string, ...values: readonly unknown[]): Buffer {
  const hmac = createHmac('sha256', secret);
  add(hmac, values);
  return hmac.digest();
}

/** Each value is written with its kind and length, so that no two different ones are written alike. */
function add(hmac: Hmac, value: unknown): void {
  if (value instanceof Uint8Array) hmac.update(`b${value.byteLength}:`).update(value);
  else if (value instanceof Date) hmac.update(`t${value.getTime()};`);
  else if (Array.isArray(value)) {
    hmac.update(`l${value.length}:`);
    for (const each of value) add(hmac, each);
  } else if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, each]) => each !== undefined);
    hmac.update(`o${members.length}:`);
    for (const [name, each] of members.toSorted(byName)) {
      add(hmac, name);
      add(hmac, each);
    }
  } else if (typeof value === 'string') hmac.update(`s${value.length}:${value}`);
  else hmac.update(`${typeof value}:${String(value)};`);
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

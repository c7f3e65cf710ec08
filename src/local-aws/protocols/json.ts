import { isUtf8 } from 'node:buffer';
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsException } from '../exception.ts';

/** Deeper input would overflow the stack of whatever walks it; AWS's own parsers have such a limit too. */
const maxDepth = 100;

/**
 * The JSON object in a request's body, `{}` for an empty body. A member that is `null` is absent for AWS,
 * except inside free-form documents.
 * @throws AwsException SerializationException
 */
export function parseInput(body: Buffer, schema: NormalizedSchema): Record<string, unknown> {
  if (body.length === 0) return {};
  const value = parseJson(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadable('The request body is not a JSON object');
  }
  const present = body.includes('null') ? withoutNulls(value, schema) : value;
  return withBytes(present, schema) as Record<string, unknown>;
}

/** JSON has bytes as base64, which is what SDKs read over when it is broken. */
function withBytes(value: unknown, schema: NormalizedSchema | undefined): unknown {
  if (typeof value === 'string') return schema?.isBlobSchema() ? Buffer.from(value, 'base64') : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (!schema?.isStructSchema()) return value;
  const members = schema.getMemberSchemas();
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      withBytes(member, Object.hasOwn(members, name) ? members[name] : undefined),
    ]),
  );
}

/** @throws AwsException SerializationException */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw unreadable('The request body is not valid UTF-8');
  const text = body.toString();
  if (depth(text) > maxDepth) throw unreadable(`The request body is nested deeper than ${maxDepth} levels`);
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable('The request body is not valid JSON');
  }
}

function unreadable(message: string): AwsException {
  return new AwsException('SerializationException', message);
}

function depth(text: string): number {
  let level = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++level);
    else if (character === '}' || character === ']') level--;
  }
  return deepest;
}

function withoutNulls(value: unknown, schema: NormalizedSchema | undefined): unknown {
  if (typeof value !== 'object' || value === null || schema === undefined) return value;
  if (Array.isArray(value)) {
    const member = schema.isListSchema() ? schema.getValueSchema() : undefined;
    return value.map(item => withoutNulls(item, member));
  }
  if (!schema.isStructSchema()) return value;
  const members = schema.getMemberSchemas();
  const present = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(
    present.map(([name, member]) => [
      name,
      withoutNulls(member, Object.hasOwn(members, name) ? members[name] : undefined),
    ]),
  );
}

import { isUtf8 } from 'node:buffer';
import type { NormalizedSchema } from '@smithy/core/schema';
import { isLargeNumber } from '../../json/exact-numbers.ts';
import { DoubledName, readExactly } from '../../json/exact-reading.ts';
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
  return typed(present, schema) as Record<string, unknown>;
}

/**
 * Values as their shapes have them: bytes of the base64 that JSON has, which is what SDKs read over when it is broken, and
 * numbers of numbers that hold fewer digits than were sent. Documents may hold anything, and are what was sent or are refused.
 */
function typed(value: unknown, schema: NormalizedSchema | undefined): unknown {
  if (schema?.isDocumentSchema()) return kept(value);
  if (isLargeNumber(value)) return Number(String(value));
  if (typeof value === 'string') return schema?.isBlobSchema() ? Buffer.from(value, 'base64') : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const member = schema?.isListSchema() ? schema.getValueSchema() : undefined;
    return value.map(item => typed(item, member));
  }
  if (schema?.isMapSchema() && schema.getValueSchema().isDocumentSchema()) refuseProto(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, typed(member, memberOf(schema, name))]),
  );
}

function memberOf(schema: NormalizedSchema | undefined, name: string): NormalizedSchema | undefined {
  if (schema?.isMapSchema()) return schema.getValueSchema();
  const members = schema?.isStructSchema() ? schema.getMemberSchemas() : {};
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** A document in which there is nothing that would come out as something else. */
function kept(value: unknown): unknown {
  if (isLargeNumber(value)) throw unreadable(`The number ${String(value)} cannot be kept as it is written`);
  if (typeof value !== 'object' || value === null) return value;
  refuseProto(value);
  for (const member of Object.values(value)) kept(member);
  return value;
}

function refuseProto(value: object): void {
  if (Object.hasOwn(value, '__proto__')) throw unreadable('A member of the name __proto__ cannot be kept');
}

/** @throws AwsException SerializationException */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw unreadable('The request body is not valid UTF-8');
  const text = body.toString();
  if (depth(text) > maxDepth) throw unreadable(`The request body is nested deeper than ${maxDepth} levels`);
  try {
    return readExactly(text);
  } catch (error) {
    if (error instanceof DoubledName) throw unreadable(error.message);
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

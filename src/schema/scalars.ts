/** The scalars of this API beside GraphQL's own. */
import { GraphQLError, Kind, type ValueNode } from 'graphql';
import { exactJson, LostMember, MAX_DEPTH, TooDeep } from '../adapter/exact-json.ts';
import { ProviderFailureError } from '../errors.ts';
import { numberOf } from '../json/exact-numbers.ts';

type JSONObject = Readonly<Record<string, unknown>>;

export const base64 = {
  description:
    'Bytes in base64 (RFC 4648, section 4), with or without the padding. The body of a request may have 1 MiB unless the gateway is ' +
    'configured otherwise (`MAX_BODY_BYTES`), so that files of more than 780 kB come as an `Upload`.',
  serialize: (value: Uint8Array) => Buffer.from(value).toString('base64'),
  parseValue: (value: unknown): Uint8Array => {
    const bytes = typeof value === 'string' ? bytesOf(value) : undefined;
    // The value may be a person's picture, and is not repeated.
    if (!bytes) throw new GraphQLError('A Base64 must be a text of bytes in base64.');
    return bytes;
  },
};

/** Node.js reads over what is not base64, and takes the alphabet for addresses too. */
function bytesOf(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const digits = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  return Math.ceil((bytes.length * 4) / 3) === digits ? bytes : undefined;
}

/** Its value is the name of a file's part: the context has the file. */
export const upload = {
  description:
    'A file that comes with the request, by the GraphQL multipart request specification: null in the variables, and a part of ' +
    'the form. Such a request needs the header `graphql-require-preflight: 1`.',
  specifiedByURL: 'https://github.com/jaydenseric/graphql-multipart-request-spec',
  serialize: (): never => {
    throw new GraphQLError('An Upload is for inputs only.');
  },
  parseValue: (value: unknown): string => {
    if (typeof value !== 'string') throw new GraphQLError('An Upload must be a file of a multipart request.');
    return value;
  },
};

/** As RFC 3339 has them: with their offset to UTC. */
const moments = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[-+]\d\d:\d\d)$/;

export const dateTime = {
  description: 'A moment in UTC as ISO 8601 with milliseconds, such as `2026-01-31T09:30:00.000Z`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value: Date) => value.toISOString(),
  parseValue: (value: unknown): Date => {
    const moment = typeof value === 'string' && moments.test(value) ? new Date(value) : undefined;
    if (moment && !Number.isNaN(moment.getTime())) return moment;
    throw new GraphQLError('A DateTime must be a moment such as 2026-01-31T09:30:00.000Z.');
  },
};

export const jsonObject = {
  description:
    'A JSON object with whatever members its owner put in. Objects and lists may be nested ' +
    `${MAX_DEPTH} levels deep. Numbers are from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}; one that a ` +
    'double-precision number cannot hold comes out as a string, and has to be one in an input.',
  serialize: (value: JSONObject) => {
    if (!isObject(value)) throw unreadable('something else where a JSON object belongs');
    try {
      return exactJson(value) as JSONObject;
    } catch (error) {
      if (error instanceof TooDeep) throw unreadable(`a JSON object of more than ${MAX_DEPTH} levels`);
      if (error instanceof LostMember)
        throw unreadable('a JSON object with a member of the name __proto__, which cannot be passed on');
      throw error;
    }
  },
  parseValue: (value: unknown) => object(value),
  parseLiteral: (node: ValueNode, variables?: JSONObject | null) =>
    object(literal(node, variables ?? {}), { nodes: node }),
};

/** The members are checked with the rest of the input they are in, which knows their paths. */
function object(value: unknown, place?: { readonly nodes: ValueNode }): JSONObject {
  if (isObject(value)) return value;
  throw new GraphQLError('A JSONObject must be an object, such as {"key": "value"}.', place);
}

function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a literal. GraphQL's own function for it rounds numbers. */
function literal(node: ValueNode, variables: JSONObject): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return numberOf(node.value);
    case Kind.STRING:
    case Kind.ENUM:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.LIST:
      return node.values.map(item => literal(item, variables) ?? null);
    case Kind.OBJECT: {
      const members = node.fields.map(({ name, value }) => [name.value, literal(value, variables)] as const);
      return Object.fromEntries(members.filter(([, value]) => value !== undefined));
    }
    case Kind.VARIABLE:
      return variables[node.name.value];
  }
}

/** The error of one field: what is beside it in a list stays. */
function unreadable(what: string): ProviderFailureError {
  return new ProviderFailureError({ message: `AWS gave ${what}.`, retryable: false });
}

/** AWS's description of a service, as botocore publishes it in service-2.json. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { ScriptError } from './script-error.ts';

/** Words, and hints for other tools, which the model files leave out. */
const remarks = Object.fromEntries(
  ['documentation', 'deprecated', 'deprecatedMessage', 'deprecatedSince', 'box', 'contextParam'].map(name => [
    name,
    z.unknown().optional(),
  ]),
);
const ignored = z.unknown().optional();

const reference = z.strictObject({ ...remarks, shape: z.string() });

const member = z.strictObject({
  ...remarks,
  shape: z.string(),
  location: z.string().optional(),
  locationName: z.string().optional(),
  idempotencyToken: z.boolean().optional(),
  jsonvalue: z.boolean().optional(),
  streaming: z.boolean().optional(),
});

const shape = z.strictObject({
  ...remarks,
  type: z.string(),
  required: z.array(z.string()).optional(),
  members: z.record(z.string(), member).optional(),
  member: reference.optional(),
  key: reference.optional(),
  value: reference.optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
  sensitive: z.boolean().optional(),
  union: z.boolean().optional(),
  document: z.boolean().optional(),
  timestampFormat: z.string().optional(),
  streaming: z.boolean().optional(),
  payload: z.string().optional(),
  sparse: z.boolean().optional(),
  exception: ignored,
  retryable: ignored,
  fault: z.boolean().optional(),
  error: z
    .strictObject({
      httpStatusCode: z.int().optional(),
      senderFault: z.boolean().optional(),
      code: ignored,
      fault: ignored,
    })
    .optional(),
  requiresLength: ignored,
  synthetic: ignored,
  wrapper: ignored,
});

const operation = z.strictObject({
  ...remarks,
  name: ignored,
  http: z.strictObject({
    method: z.string(),
    requestUri: z.string(),
    responseCode: z.int().optional(),
  }),
  input: reference.optional(),
  output: reference.optional(),
  errors: z.array(reference).default([]),
  idempotent: ignored,
  readonly: ignored,
  staticContextParams: ignored,
  operationContextParams: ignored,
  endpointdiscovery: ignored,
  endpointoperation: ignored,
});

const service = z.looseObject({
  metadata: z.looseObject({
    serviceId: z.string(),
    apiVersion: z.string(),
    protocol: z.enum(['json', 'rest-json'], { error: 'the model files know json and rest-json alone' }),
    jsonVersion: z.string().optional(),
    targetPrefix: z.string().optional(),
    signingName: z.string().optional(),
    endpointPrefix: z.string(),
  }),
  operations: z.record(z.string(), z.unknown()),
  shapes: z.record(z.string(), z.unknown()),
});

export type SourceOperation = z.output<typeof operation>;
export type SourceShape = z.output<typeof shape>;
export type SourceMember = z.output<typeof member>;

/**
 * A service's description. Only what is asked for is read closely: there, a fact of a new kind is an error, so that
 * somebody decides whether the model files need it.
 */
export class Source {
  readonly metadata: z.output<typeof service>['metadata'];
  readonly #operations: Readonly<Record<string, unknown>>;
  readonly #shapes: Readonly<Record<string, unknown>>;

  /** @throws ScriptError when the file at `path`, which may be compressed, is not such a description. */
  constructor(path: string) {
    const { metadata, operations, shapes } = read(
      service,
      readJson(path),
      `${path} is not AWS's description of a service`,
    );
    this.metadata = metadata;
    this.#operations = operations;
    this.#shapes = shapes;
  }

  /** @throws ScriptError when AWS has no such operation. */
  operation(name: string): SourceOperation {
    if (!Object.hasOwn(this.#operations, name)) {
      throw new ScriptError(`${this.metadata.serviceId} has no operation ${name}.`);
    }
    return read(operation, this.#operations[name], `The operation ${name} is not as expected`);
  }

  /** @throws ScriptError when it is of no known form. */
  shape(name: string): SourceShape {
    return read(shape, this.#shapes[name], `The shape ${name} is not as expected`);
  }
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown, wrong: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ScriptError(`${wrong}:\n${z.prettifyError(result.error)}`);
}

/** A file's JSON, compressed or not. @throws ScriptError when there is none. */
export function readJson(path: string): unknown {
  try {
    const bytes = readFileSync(path);
    return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
  } catch (error) {
    throw new ScriptError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
}

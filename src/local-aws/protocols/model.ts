import { NormalizedSchema } from '@smithy/core/schema';

/** The facts of AWS's service model that the wire needs, read from the schemas an SDK package exports. */
export interface ServiceModel {
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly exceptions: ReadonlyMap<string, ExceptionModel>;
}

export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  /** REST services only: method, URI template, status of success. */
  readonly http: readonly [method: string, uri: string, status: number] | undefined;
}

export interface ExceptionModel {
  readonly fault: 'client' | 'server';
  readonly status: number | undefined;
  readonly members: ReadonlySet<string>;
}

const OPERATION = 9;
const EXCEPTION = -3;

type OperationSchema = [typeof OPERATION, string, string, object | 0, () => object, () => object];
type ExceptionSchema = [
  typeof EXCEPTION,
  string,
  string,
  { error?: 'client' | 'server'; httpError?: number },
  members: string[],
];

/** Reads the model out of everything that `@aws-sdk/client-…` exports. */
export function serviceModel(sdk: object): ServiceModel {
  const operations = new Map<string, OperationModel>();
  const exceptions = new Map<string, ExceptionModel>();
  for (const schema of Object.values(sdk)) {
    if (!Array.isArray(schema)) continue;
    if (schema[0] === OPERATION) {
      const [, , name, traits, input] = schema as OperationSchema;
      const { http } = NormalizedSchema.of([0, '', '', traits, 0] as never).getMergedTraits();
      operations.set(name, { name, input: NormalizedSchema.of(input as never), http });
    } else if (schema[0] === EXCEPTION) {
      const [, , name, { error = 'server', httpError }, members] = schema as ExceptionSchema;
      exceptions.set(name, { fault: error, status: httpError, members: new Set(members) });
    }
  }
  return { operations, exceptions };
}

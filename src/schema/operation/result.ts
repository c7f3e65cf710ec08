/** Unions of a success and exactly the errors that can come instead: what mutations return, and items of batches. */
import type { FieldMap, ObjectRef } from '@pothos/core';
import type { Meaning } from '../../adapter/exceptions.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import { ApiError, ProviderFailureError } from '../../errors.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import type { Context } from '../context.ts';
import { type ErrorName, errorTypes, Refused } from '../errors.ts';

export type SuccessBuilder<Outcome> = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Outcome>;

interface ResultDeclaration<Outcome extends object> {
  readonly description: string;
  readonly successName: string;
  readonly successDescription: `Returned when ${string}.`;
  readonly success: (t: SuccessBuilder<Outcome>) => FieldMap;
  /** What may be called for it: their exceptions decide about the errors. */
  readonly aws: readonly AwsOperation[];
  /** What else may come of it: what AWS tells of an item of a batch in its answer, what comes of keys. */
  readonly meanings?: readonly Meaning[];
}

/** Declares such a union, the success first. */
export function resultUnion<Outcome extends object>(name: string, declaration: ResultDeclaration<Outcome>) {
  const { description, successName, successDescription, success, aws, meanings = [] } = declaration;
  const errors = errorsOf(aws, meanings);
  const successType = builder.objectRef<Outcome>(successName).implement({
    description: successDescription,
    fields: success,
  });
  const type = builder.unionType(name, {
    description,
    types: [successType as ObjectRef<SchemaTypes, object>, ...errors.map(error => errorTypes[error])],
    resolveType: value => (value instanceof Refused ? value.error.name : successName),
  });
  const listed = new Set<string>(errors);
  type Run<Input> = (input: Input, context: Context) => Outcome | Promise<Outcome>;

  function refused(error: unknown, context: Context): Refused {
    if (!(error instanceof ApiError)) throw error;
    context.refusals.push(error);
    return new Refused(listed.has(error.name) ? error : unforeseen(error));
  }

  async function settle<Input>(run: Run<Input>, input: Input, context: Context): Promise<Outcome | Refused> {
    try {
      return await run(input, context);
    } catch (error) {
      return refused(error, context);
    }
  }

  return {
    type,
    /** The names of its error types. */
    errors,
    /** Runs an operation. An ApiError that it throws becomes a member of the union; anything else is a bug. */
    settle,
    /** The member of the union for an error. */
    refused,
  };
}

const errorOf: Readonly<Record<Meaning, ErrorName>> = {
  accessDenied: 'AccessDeniedError',
  conflict: 'ConflictError',
  failure: 'ProviderFailureError',
  idempotencyMismatch: 'IdempotencyMismatchError',
  invalidInput: 'InvalidInputError',
  missingOrDenied: 'AccessDeniedError',
  notFound: 'NotFoundError',
  quotaExceeded: 'QuotaExceededError',
  throttled: 'ThrottledError',
};

/**
 * The gateway checks every caller and input, keeps to AWS's quotas before AWS has to, and any call may fail; the others
 * are those of AWS's exceptions.
 */
function errorsOf(aws: readonly AwsOperation[], further: readonly Meaning[]): readonly ErrorName[] {
  const meanings = new Set<Meaning>([
    'accessDenied',
    'invalidInput',
    'throttled',
    'failure',
    ...aws.flatMap(each => each.meanings),
    ...further,
  ]);
  return [...new Set([...meanings].map(meaning => errorOf[meaning]))].toSorted();
}

/** AWS may answer with an exception that its model of the operation does not list, and so the union does not. */
function unforeseen({ message, providerCode, requestId, retryable, cause }: ApiError): ApiError {
  return new ProviderFailureError({
    message,
    providerCode: providerCode ?? undefined,
    requestId: requestId ?? undefined,
    retryable,
    cause,
  });
}

/** The union that a mutation returns, and how its resolver's outcome becomes a member of it. */
import type { ObjectRef } from '@pothos/core';
import { ApiError, ProviderFailureError } from '../errors.ts';
import { builder, type SchemaTypes } from './builder.ts';
import type { Context } from './context.ts';
import { type AnyRefused, type ErrorName, errorTypes } from './errors.ts';

/**
 * Declares the union of a mutation.
 *
 * @param name Ends in `Result`.
 * @param success The type whose name ends in `Success`; it comes first.
 * @param errors Exactly the error types that the operation can produce.
 */
export function resultUnion<Success extends object>(
  name: `${string}Result`,
  success: ObjectRef<SchemaTypes, Success>,
  errors: readonly ErrorName[],
) {
  const listed = new Set<string>(errors);
  const ref = builder.unionType(name, {
    description: `What can come of \`${name.charAt(0).toLowerCase()}${name.slice(1, -'Result'.length)}\`.`,
    types: [success, ...errors.map(error => errorTypes[error])],
    resolveType: value => ('error' in value ? value.error.name : success.name),
  });

  /** Runs the work of a resolver. Refusals become members of the union; bugs stay thrown. */
  async function settle(context: Context, work: () => Promise<Success>): Promise<Success | AnyRefused> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      context.refusals.push(error);
      return { error: listed.has(error.name) ? error : unforeseen(error) } as AnyRefused;
    }
  }

  return { ref, settle };
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

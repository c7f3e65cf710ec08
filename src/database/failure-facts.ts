/** What may be told of a failure of the database to the operator. */
import { type BugFacts, factsOfBug } from '../bug-facts.ts';
import { DatabaseError } from './database-error.ts';

/** What PostgreSQL names of itself: its code of the error, what it is about, and where in its own code it was raised. */
const names = ['code', 'severity', 'schema', 'table', 'column', 'dataType', 'constraint', 'routine'] as const;

interface FailureFacts extends BugFacts, Partial<Record<(typeof names)[number], string>> {
  readonly message?: string;
}

/**
 * The class of a failure, the places in the code, and the names that PostgreSQL gives. Its texts may quote the values of a
 * statement, and so a caller's: messages are told only where no statement is concerned.
 */
export function factsOfFailure(error: unknown): FailureFacts {
  const held = error as Readonly<Record<string, unknown>>;
  const named = names.flatMap(name => (typeof held[name] === 'string' ? [[name, held[name]]] : []));
  return {
    ...factsOfBug(error),
    ...(isWithoutValues(error) && { message: error.message }),
    ...Object.fromEntries(named),
  };
}

/** Whether it is this project's own, about setting the database up, or of a connection. */
function isWithoutValues(error: unknown): error is Error {
  if (error instanceof DatabaseError) return true;
  return error instanceof Error && error.constructor === Error && !('severity' in error);
}

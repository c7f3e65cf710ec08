import { BREAK, type DocumentNode, visit } from 'graphql';
import type { OperationGuard } from './guard.ts';

/** A guard of the schema's own description; the name of a type, `__typename`, is no part of it. */
export function introspection(allowed: boolean): OperationGuard {
  const known = new WeakMap<DocumentNode, boolean>();
  return {
    name: 'introspection',
    check({ document }) {
      if (allowed) return undefined;
      let asks = known.get(document);
      if (asks === undefined) {
        asks = asksForSchema(document);
        known.set(document, asks);
      }
      if (!asks) return undefined;
      return {
        status: 400,
        code: 'INTROSPECTION_DISABLED',
        message: 'This gateway does not describe its schema: "__schema" and "__type" are switched off.',
      };
    },
  };
}

function asksForSchema(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field({ name: { value } }) {
      asks = value === '__schema' || value === '__type';
      return asks ? BREAK : undefined;
    },
  });
  return asks;
}

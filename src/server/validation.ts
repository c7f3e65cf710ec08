/** How documents are validated. */
import { type DocumentNode, type GraphQLSchema, validate } from 'graphql';

type Rules = Parameters<typeof validate>[2];

/** GraphQL's own. */
const MAX_ERRORS = 100;

/**
 * How many characters the errors may quote: each quotes the value that is wrong, which may be nearly all of the document. Of
 * an input with 6,500 members that nobody knows, that took a second.
 */
const MAX_QUOTED = 500_000;

/**
 * What validates documents.
 *
 * @param hideSuggestions Whether errors keep to themselves what the schema has of a similar name.
 */
export function createValidate(
  hideSuggestions: boolean,
): (schema: GraphQLSchema, document: DocumentNode, rules?: Rules) => ReturnType<typeof validate> {
  return (schema, document, rules) => {
    const length = document.loc?.source.body.length ?? 0;
    const maxErrors = Math.max(1, Math.min(MAX_ERRORS, Math.floor(MAX_QUOTED / length)));
    return validate(schema, document, rules, { hideSuggestions, maxErrors });
  };
}

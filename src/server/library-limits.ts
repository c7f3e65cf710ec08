/** Limits of GraphQL's own implementation, whose errors tell neither the limit nor what is beyond it. */

/** Its budgets for one validation; which of them was exceeded, its error does not tell. */
const COMPARISONS = 500_000;
const FRAGMENT_USES = 50_000;
/** How deep its lists of fields, types and arguments may be within one another in introspection. */
const INTROSPECTION_LISTS = 3;

interface Limit {
  readonly message: string;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** By the messages of its errors, each of which comes after the errors that were found before. */
const limits: Readonly<Record<string, (found: number) => Limit>> = {
  'Validation aborted.': () => ({
    message: `The document is too large: to validate it takes more than ${COMPARISONS} comparisons of its fields, or ${FRAGMENT_USES} uses of its fragments. It stopped there, so that it is not known how many more.`,
    facts: {
      code: 'DOCUMENT_TOO_LARGE',
      limit: 'validation',
      maximum: COMPARISONS,
      maximumFragmentUses: FRAGMENT_USES,
    },
  }),
  'Maximum introspection depth exceeded': () => ({
    message: `The document asks too deep in introspection: it has more than ${INTROSPECTION_LISTS - 1} lists of fields, interfaces, types and input fields within one another, and may have ${INTROSPECTION_LISTS - 1}.`,
    facts: { code: 'DOCUMENT_TOO_LARGE', limit: 'introspectionLists', maximum: INTROSPECTION_LISTS - 1 },
  }),
  'Too many validation errors, error limit reached. Validation aborted.': found => ({
    message: `The document has more than ${found} errors, of which these are the first.`,
  }),
  'Too many errors processing variables, error limit reached. Execution aborted.': found => ({
    message: `The variables have more than ${found} errors, of which these are the first.`,
  }),
};

/** What to say in place of an error's message, if the error is about a limit of the implementation. */
export function exceededLimit(message: string, found: number): Limit | undefined {
  return Object.hasOwn(limits, message) ? limits[message]?.(found) : undefined;
}

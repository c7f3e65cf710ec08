/** Operations to try, which each provider brings along; they name things of local AWS's demo world. */

export interface Examples {
  /** Fields of a query that succeed whenever they are asked. */
  readonly reads: string;
  /** Whole mutations: each succeeds once and then shows a typed error. */
  readonly changes: readonly string[];
  /** One more change, on one line and without single quotes, for a shell. */
  readonly command: string;
}

/** What every mutation of the examples asks of an error. */
export const anyError = `... on Error {
      __typename
      message
      code
      retryable
      providerCode
      requestId
    }
    ... on InvalidInputError {
      issues { path message }
    }`;

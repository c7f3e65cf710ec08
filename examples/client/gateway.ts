/** The gateway, by urql. */
import { Client, fetchExchange, type OperationResult } from '@urql/core';

/** A client of the gateway at this address: http://127.0.0.1:4000/graphql */
export function connect(url: string): Client {
  return new Client({
    url,
    exchanges: [fetchExchange],
    // A file is sent by POST alone, in a query as in a mutation.
    preferGetMethod: false,
    // The gateway takes files only with a header that no web page of another site can send unasked.
    fetchOptions: { headers: { 'graphql-require-preflight': '1' } },
  });
}

/**
 * What came of an operation whose one field has the alias `result`. It is null only beside errors, which are about the
 * request as a whole: no network, AWS down during a query. What is wrong with a mutation is data: `refusal.ts`.
 */
export function resultOf<Result>(answer: OperationResult<{ result: Result }>): NonNullable<Result> {
  const { data, error } = answer;
  if (error?.networkError) throw new Error('The gateway cannot be reached. Is it running?', { cause: error });
  if (error) throw new Error(error.graphQLErrors.map(({ message }) => message).join(' '), { cause: error });
  if (!data?.result) throw new Error('The gateway answered nothing.');
  return data.result;
}

/** How the page asks the gateway. Runs in the browser, where nothing of this file but the function is. */

// Of the browser, no more than is used here.
declare const location: URL;

/** The parts of what GraphiQL asks. */
interface Parameters {
  readonly query: string;
  readonly operationName?: string | null;
}

/** The parts of GraphiQL's options for a request. */
interface FetcherOptions {
  readonly headers?: object;
}

/** What GraphiQL is given to ask with. What fails is one line in its place of the result, and no error with a stack. */
export function createFetcher(endpoint: string) {
  return async (parameters: Parameters, { headers }: FetcherOptions = {}): Promise<unknown> => {
    const sent = { 'content-type': 'application/json', ...headers };
    let status = '';
    try {
      // After a change of tabs, GraphiQL has the operation of the one before for a moment.
      const { query, operationName } = parameters;
      const isThere = new RegExp(`\\b${operationName}\\b`).test(query);
      const body = JSON.stringify({ ...parameters, operationName: isThere ? operationName : undefined });
      const response = await fetch(endpoint, { method: 'POST', headers: sent, body });
      status = `${response.status} ${response.statusText}`.trim();
      return JSON.parse(await response.text()) as unknown;
    } catch {
      return status
        ? `${location.origin} answered ${status}, and not with a result of GraphQL.`
        : `${location.origin} does not answer. Is the gateway running?`;
    }
  };
}

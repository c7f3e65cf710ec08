/** What the browser keeps of the tabs. Runs in the browser, where nothing of this file but each function is. */

/** GraphiQL's own record of a tab, in the browser's storage. */
export interface TabState {
  readonly id: string;
  readonly title: string;
  readonly query: string | null;
  readonly variables: string | null;
  readonly headers: string | null;
  readonly operationName: string | null;
  readonly response: null;
}

/** GraphiQL's own record of all tabs. */
export interface TabsState {
  readonly tabs: readonly TabState[];
  readonly activeTabIndex: number;
}

/** The tabs of the last visit. */
export interface TabStore {
  /** Whether headers are kept, too: they may be passwords, so only if the person asked for it in GraphiQL's settings. */
  keepsHeaders(): boolean;
  /** Undefined at the first visit. */
  load(): TabsState | undefined;
  save(state: TabsState): void;
}

/** A tab that is not there yet. */
export function newTab({ query = null, variables = null, operationName }: Partial<TabState>): TabState {
  const name = operationName ?? /^(?:query|mutation|subscription)\s+(\w+)/m.exec(query ?? '')?.[1] ?? null;
  const id = Math.random().toString(36).slice(2);
  // GraphiQL's own word for what has no name.
  const title = name ?? '<untitled>';
  return { id, title, query, variables, headers: null, operationName: name, response: null };
}

/** Reads and writes the tabs where GraphiQL itself does. */
export function createTabStore(storage: Storage): TabStore {
  const TABS = 'graphiql:tabState';
  const HEADERS = 'graphiql:headers';
  const KEEPS_HEADERS = 'graphiql:shouldPersistHeaders';
  /** Where it keeps the height of the pane of variables, and that it was closed; that, each tab decides anew. */
  const PANE = 'graphiql:secondaryEditorFlex';

  const keepsHeaders = () => storage.getItem(KEEPS_HEADERS) === 'true';

  if (!keepsHeaders()) storage.removeItem(HEADERS);
  if (storage.getItem(PANE) === 'hide-second') storage.removeItem(PANE);

  return {
    keepsHeaders,
    load() {
      try {
        const state = JSON.parse(storage.getItem(TABS) ?? '') as TabsState;
        return state.tabs[state.activeTabIndex] && state;
      } catch {
        return undefined;
      }
    },
    save({ tabs, activeTabIndex }) {
      // GraphiQL's own tabs have more members: one of them holds the headers, too.
      const kept = tabs.map(({ id, title, query, variables, headers, operationName }): TabState => {
        return {
          id,
          title,
          query,
          variables,
          headers: keepsHeaders() ? headers : null,
          operationName,
          response: null,
        };
      });
      try {
        storage.setItem(TABS, JSON.stringify({ tabs: kept, activeTabIndex }));
      } catch {
        // The storage is full: the next visit begins with what was kept before.
      }
    },
  };
}

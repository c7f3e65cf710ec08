/** What the page's address says. Runs in the browser, where nothing of this file but the function is. */
import type { newTab, TabState, TabsState } from './tab-store.ts';

// Of the browser, no more than is used here.
declare const location: URL;
declare const history: {
  readonly state: { readonly tab?: string } | null;
  replaceState(state: object, unused: string, url: URL): void;
};

/** The page's address, which opens the tab in front wherever it is sent. */
export interface Address {
  /** The name of the example that it asks for, if there is none of this name. */
  readonly unknownExample: string | undefined;
  /** Whether it asks for an example that there is. */
  readonly asksForExample: boolean;
  /** The tabs, with the one in front that the address asks for; it is a new one if there is none of these contents. */
  open(state: TabsState): TabsState;
  /** Makes the address that of a tab. Headers do not stand in it. */
  follow(tab: TabState): void;
}

/** Reads and writes the page's address. */
export function createAddress(makeTab: typeof newTab, examples: Readonly<Record<string, string>>): Address {
  /** Proxies on the way take no longer addresses, and Node no longer head of a request than 16 KiB. */
  const MAX_LENGTH = 8_000;
  const NAMES = ['query', 'variables', 'operationName'] as const;

  const named = new URL(location.href).searchParams.get('example');
  const example = named !== null && Object.hasOwn(examples, named) ? examples[named] : undefined;

  return {
    unknownExample: named !== null && example === undefined ? named : undefined,
    asksForExample: example !== undefined,
    open(state) {
      const { tabs, activeTabIndex } = state;
      // The browser keeps this when the page is loaded again, and a link that is opened comes without.
      const own = tabs.findIndex(({ id }) => id === history.state?.tab);
      if (own >= 0) return { tabs, activeTabIndex: own };
      const { searchParams } = new URL(location.href);
      const asked = (name: string) => searchParams.get(name) || null;
      const { query, variables, operationName } = example
        ? { query: example, variables: null, operationName: null }
        : { query: asked('query'), variables: asked('variables'), operationName: asked('operationName') };
      if (!query) return state;
      const same = (tab: TabState | undefined) =>
        tab?.query === query && (tab.variables || null) === variables;
      if (same(tabs[activeTabIndex])) return state;
      const found = tabs.findIndex(same);
      if (found >= 0) return { tabs, activeTabIndex: found };
      return { tabs: [...tabs, makeTab({ query, variables, operationName })], activeTabIndex: tabs.length };
    },
    follow(tab) {
      const address = new URL(location.href);
      address.searchParams.delete('example');
      for (const name of NAMES) {
        const value = tab[name];
        if (value) address.searchParams.set(name, value);
        else address.searchParams.delete(name);
      }
      if (address.href.length > MAX_LENGTH) address.search = '';
      history.replaceState({ tab: tab.id }, '', address);
    },
  };
}

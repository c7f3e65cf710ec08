/** What the page's address says. Runs in the browser, where nothing of this file but the function is. */
import type { newTab, TabState, TabsState } from './tab-store.ts';

// Of the browser, no more than is used here.
declare const location: URL;
declare const history: {
  readonly state: { readonly tab?: string } | null;
  replaceState(state: object, unused: string, url: URL): void;
};

declare const sessionStorage: Storage;
declare const performance: {
  getEntriesByType(type: 'navigation'): readonly { readonly type: string }[];
};

/** The page's address, which opens the tab in front wherever it is sent. */
export interface Address {
  /** The name of the example that it asks for, if there is none of this name. */
  readonly unknownExample: string | undefined;
  /** The tabs, with the one in front that the address asks for; it is a new one if there is none of these contents. */
  open(state: TabsState): TabsState;
  /** Has the browser keep which tab was opened, and makes the address that of the tab if it says something else. */
  settle(tab: TabState): void;
  /** Makes the address that of a tab. Headers do not stand in it. */
  follow(tab: TabState): void;
}

/** Reads and writes the page's address. */
export function createAddress(makeTab: typeof newTab, examples: Readonly<Record<string, string>>): Address {
  /** Proxies on the way take no longer addresses, and Node no longer head of a request than 16 KiB. */
  const MAX_LENGTH = 8_000;
  /** Where the browser's tab has it. */
  const KEPT = 'vestibule:tab';
  const NAMES = ['query', 'variables', 'operationName'] as const;

  const { searchParams } = new URL(location.href);
  const named = searchParams.get('example');
  const example = named !== null && Object.hasOwn(examples, named) ? examples[named] : undefined;
  const said = (name: string) => searchParams.get(name) || null;
  const asked = example
    ? { query: example, variables: null, operationName: null }
    : { query: said('query'), variables: said('variables'), operationName: said('operationName') };

  function isAskedFor(tab: TabState | undefined): boolean {
    return tab?.query === asked.query && (tab.variables || null) === asked.variables;
  }

  /** When the page is loaded again, the browser still has the id, whatever was typed into the tab since. */
  function keep(tab: TabState, address: URL): void {
    history.replaceState({ tab: tab.id }, '', address);
    sessionStorage.setItem(KEPT, tab.id);
  }

  /** The tab's id. A link that is opened comes without. */
  function kept(): string | null | undefined {
    // What is replaced while the page is being loaded again is lost, with all that the history had.
    const isReloaded = performance.getEntriesByType('navigation').some(({ type }) => type === 'reload');
    return history.state?.tab ?? (isReloaded ? sessionStorage.getItem(KEPT) : undefined);
  }

  function follow(tab: TabState): void {
    const address = new URL(location.href);
    address.searchParams.delete('example');
    for (const name of NAMES) {
      const value = tab[name];
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    if (address.href.length > MAX_LENGTH) address.search = '';
    keep(tab, address);
  }

  return {
    unknownExample: named !== null && example === undefined ? named : undefined,
    open(state) {
      const { tabs, activeTabIndex } = state;
      const id = kept();
      const own = tabs.findIndex(tab => tab.id === id);
      if (own >= 0) return { tabs, activeTabIndex: own };
      if (!asked.query || isAskedFor(tabs[activeTabIndex])) return state;
      const found = tabs.findIndex(isAskedFor);
      if (found >= 0) return { tabs, activeTabIndex: found };
      return { tabs: [...tabs, makeTab(asked)], activeTabIndex: tabs.length };
    },
    settle(tab) {
      if (example || (asked.query && !isAskedFor(tab))) follow(tab);
      else keep(tab, new URL(location.href));
    },
    follow,
  };
}

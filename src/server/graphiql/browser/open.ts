/**
 * What runs in the browser: opens GraphiQL on the tab that the address or the last visit asks for, and keeps both in
 * step with what the person does. It can use nothing from outside of the function but what browsers have, what the
 * page loaded before, and what it is given.
 */
import type { createAddress } from './address.ts';
import type { createFetcher } from './fetcher.ts';
import type { answerWithNamedOperation } from './named-operation.ts';
import type { createTabStore, newTab, TabState, TabsState } from './tab-store.ts';

/** What the function is given of the files beside it. */
export interface Parts {
  readonly answerWithNamedOperation: typeof answerWithNamedOperation;
  readonly createAddress: typeof createAddress;
  readonly createFetcher: typeof createFetcher;
  readonly createTabStore: typeof createTabStore;
  readonly newTab: typeof newTab;
}

/** What the page says. */
export interface PageOptions {
  readonly title: string;
  /** The tabs of the first visit. */
  readonly tabs: readonly { readonly query: string }[];
  /** The headers of a tab that has none of its own. */
  readonly headers: string;
  /** The media query of screens that have no room for two editors beside each other. */
  readonly narrow: string;
}

interface Button {
  click(): void;
  scrollIntoView(options: object): void;
}

interface Editor {
  updateOptions(options: object): void;
}

// Of the browser, and of what the page has loaded, no more than is used here.
declare const location: URL;
declare const document: { querySelector(selector: string): Button | null };
declare function addEventListener(type: string, listener: () => void): void;
declare function matchMedia(query: string): { readonly matches: boolean };
declare const monaco: {
  readonly editor: {
    onDidCreateEditor(listener: (editor: Editor) => void): void;
    getModels(): readonly { readonly uri: { readonly path: string }; getValue(): string }[];
  };
};
declare const YogaGraphiQL: { renderYogaGraphiQL(root: unknown, props: object): void };

/** Opens GraphiQL in the page. */
export function openGraphiQL(
  parts: Parts,
  { title, tabs: firstTabs, headers: usualHeaders, narrow }: PageOptions,
): void {
  const root = document.querySelector('#root');
  const store = parts.createTabStore(localStorage);
  const address = parts.createAddress(parts.newTab);

  const opening = address.open(store.load() ?? { tabs: firstTabs.map(parts.newTab), activeTabIndex: 0 });
  const first = opening.tabs[opening.activeTabIndex] ?? parts.newTab({});
  const firstHeaders = (store.keepsHeaders() && first.headers) || usualHeaders;
  store.save(opening);

  /** An empty pane takes no room; it opens by a button. */
  function fitPane({ variables, headers }: TabState): void {
    const label = variables || headers || usualHeaders ? 'Show editor tools' : 'Hide editor tools';
    document.querySelector(`button[aria-label="${label}"]`)?.click();
  }

  let latest = opening;
  let activeId = first.id;

  parts.answerWithNamedOperation(() => latest.tabs[latest.activeTabIndex]);

  function follow(state: TabsState): void {
    latest = state;
    const active = state.tabs[state.activeTabIndex];
    if (!active) return;
    address.follow(active);
    if (active.id === activeId) return;
    activeId = active.id;
    // Not within GraphiQL's own change of state.
    setTimeout(fitPane, 0, active);
  }

  /** What stands in the editors at this moment; GraphiQL takes note of it a little later. */
  function typed(): Partial<TabState> {
    const files = {
      query: 'operation.graphql',
      variables: 'variables.json',
      headers: 'request-headers.json',
    };
    const models = monaco.editor.getModels();
    const texts = Object.entries(files).flatMap(([name, file]) => {
      const model = models.find(({ uri }) => uri.path.endsWith(file));
      return model ? [[name, model.getValue()]] : [];
    });
    return Object.fromEntries(texts) as Partial<TabState>;
  }

  addEventListener('pagehide', () => {
    const tabs = [...latest.tabs];
    const active = tabs[latest.activeTabIndex];
    if (active) tabs[latest.activeTabIndex] = { ...active, ...typed() };
    store.save({ ...latest, tabs });
  });

  const compact = { fontSize: 13, folding: false, lineNumbersMinChars: 2, lineDecorationsWidth: 4 };
  let settled = false;
  monaco.editor.onDidCreateEditor(editor => {
    // What does not fit would be cut off at the edge.
    editor.updateOptions({ wordWrap: 'on', ...(matchMedia(narrow).matches && compact) });
    if (settled) return;
    settled = true;
    // Of tabs with the same contents, GraphiQL takes the last.
    const place = `.graphiql-tab:nth-child(${opening.activeTabIndex + 1})`;
    document.querySelector(`${place}:not(.graphiql-tab-active) .graphiql-tab-button`)?.click();
    document.querySelector(place)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  });

  YogaGraphiQL.renderYogaGraphiQL(root, {
    title,
    fetcher: parts.createFetcher(location.pathname),
    defaultTabs: opening.tabs,
    initialQuery: first.query ?? '',
    initialVariables: first.variables ?? '',
    initialHeaders: firstHeaders,
    defaultHeaders: usualHeaders,
    shouldPersistHeaders: store.keepsHeaders(),
    showPersistHeadersSettings: true,
    defaultEditorToolsVisibility: first.variables ? 'variables' : firstHeaders ? 'headers' : false,
    // Yoga's own would put the query alone into the address.
    onEditQuery: undefined,
    onTabChange: follow,
  });
}

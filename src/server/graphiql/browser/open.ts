/**
 * What runs in the browser: opens GraphiQL on the tab that the address or the last visit asks for, and keeps both in
 * step with what the person does. It can use nothing from outside of the function but what browsers have, what the
 * page loaded before, and what it is given.
 */
import type { createAddress } from './address.ts';
import type { createExampleList } from './example-list.ts';
import type { createFetcher } from './fetcher.ts';
import type { foundNames } from './found-names.ts';
import type { answerWithNamedOperation } from './named-operation.ts';
import type { createTabStore, newTab, TabState, TabsState } from './tab-store.ts';

/** What the function is given of the files beside it. */
export interface Parts {
  readonly answerWithNamedOperation: typeof answerWithNamedOperation;
  readonly createAddress: typeof createAddress;
  readonly createExampleList: typeof createExampleList;
  readonly createFetcher: typeof createFetcher;
  readonly createTabStore: typeof createTabStore;
  readonly foundNames: typeof foundNames;
  readonly newTab: typeof newTab;
}

/** What the page says. */
export interface PageOptions {
  readonly title: string;
  /** The tabs of the first visit. */
  readonly tabs: readonly { readonly query: string }[];
  /** The documents of all examples, by the names of their operations. */
  readonly examples: Readonly<Record<string, string>>;
  /** The headers of a tab that has none of its own. */
  readonly headers: string;
  /** The media query of screens that have no room for two editors beside each other. */
  readonly narrow: string;
}

interface Button {
  click(): void;
  scrollIntoView(options: object): void;
}

interface Model {
  readonly uri: { readonly path: string };
  getValue(): string;
  setValue(text: string): void;
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
    getModels(): readonly Model[];
  };
};
declare const YogaGraphiQL: { renderYogaGraphiQL(root: unknown, props: object): void };

/** Opens GraphiQL in the page. */
export function openGraphiQL(
  parts: Parts,
  { title, tabs: firstTabs, examples, headers: usualHeaders, narrow }: PageOptions,
): void {
  const root = document.querySelector('#root');
  const store = parts.createTabStore(localStorage);
  const address = parts.createAddress(parts.newTab, examples);

  const asked = address.open(store.load() ?? { tabs: firstTabs.map(parts.newTab), activeTabIndex: 0 });
  const inFront = asked.tabs[asked.activeTabIndex] ?? parts.newTab({});
  const firstHeaders = (store.keepsHeaders() && inFront.headers) || usualHeaders;
  // GraphiQL takes a tab for another one whose kept headers are not those that it opens with.
  const first: TabState = { ...inFront, headers: firstHeaders };
  const opening: TabsState = { ...asked, tabs: asked.tabs.with(asked.activeTabIndex, first) };
  store.save(opening);
  address.settle(first);

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
    const changed = active.id !== activeId;
    activeId = active.id;
    // Not within GraphiQL's own change of state. A tab grows with its name, so it may leave the view by typing, too.
    setTimeout(() => {
      if (changed) fitPane(active);
      showActiveTab();
    });
  }

  function showActiveTab(): void {
    document
      .querySelector('.graphiql-tab-active')
      ?.scrollIntoView({ inline: 'nearest', block: 'nearest', container: 'nearest' });
  }

  const files = {
    query: 'operation.graphql',
    variables: 'variables.json',
    headers: 'request-headers.json',
  };

  function editorOf(name: keyof typeof files): Model | undefined {
    return monaco.editor.getModels().find(({ uri }) => uri.path.endsWith(files[name]));
  }

  /** What stands in the editors at this moment; GraphiQL takes note of it a little later. */
  function typed(): Partial<TabState> {
    const names = Object.keys(files) as (keyof typeof files)[];
    const texts = names.flatMap(name => {
      const model = editorOf(name);
      return model ? [[name, model.getValue()]] : [];
    });
    return Object.fromEntries(texts) as Partial<TabState>;
  }

  /** The tab as it is at this moment. Its name is the operation's, as long as there is one of that name. */
  function asTyped(tab: TabState): TabState {
    const texts = typed();
    const isNamed = texts.query === undefined || texts.query?.includes(tab.title);
    return { ...tab, ...(!isNamed && parts.newTab(texts)), ...texts, id: tab.id };
  }

  /** Puts an example into the tab that has it, or into a new one, with the headers of the tab before. */
  function openExample(name: string): void {
    const query = examples[name] ?? '';
    const found = latest.tabs.findIndex(tab => tab.query === query && !tab.variables);
    if (found >= 0) {
      document.querySelector(`.graphiql-tab:nth-child(${found + 1}) .graphiql-tab-button`)?.click();
      return;
    }
    const headers = editorOf('headers')?.getValue();
    document.querySelector('.graphiql-tab-add')?.click();
    editorOf('query')?.setValue(query);
    if (headers) editorOf('headers')?.setValue(headers);
  }
  const list = parts.createExampleList(parts.foundNames, openExample);

  addEventListener('pagehide', () => {
    const tabs = [...latest.tabs];
    const active = tabs[latest.activeTabIndex];
    if (active) tabs[latest.activeTabIndex] = asTyped(active);
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
    showActiveTab();
    list.placeButton();
    const { unknownExample } = address;
    if (unknownExample !== undefined) list.show(`There is no example “${unknownExample}”.`);
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

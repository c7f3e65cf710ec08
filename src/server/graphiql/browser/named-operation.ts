/** Runs the operation that a link names. Runs in the browser, where nothing of this file but the function is. */
import type { TabState } from './tab-store.ts';

interface Item {
  readonly textContent: string | null;
  click(): void;
}

// Of the browser, no more than is used here.
declare const location: URL;
declare const document: {
  readonly body: object;
  querySelector(selector: string): object | null;
  querySelectorAll(selector: string): Iterable<Item>;
};
declare class MutationObserver {
  constructor(listener: () => void);
  observe(target: object, options: object): void;
}

/**
 * GraphiQL asks each time which of several operations to run. While the tab is as the address had it when the page was
 * opened, this answers with the operation that the address names; another one runs by Ctrl-Enter with the cursor in it.
 *
 * @param active Gives the tab in front.
 */
export function answerWithNamedOperation(active: () => TabState | undefined): void {
  const name = new URL(location.href).searchParams.get('operationName');
  const opened = active();
  if (!name || !opened) return;
  // The list of operations is put into the page when it opens.
  const observer = new MutationObserver(() => {
    if (!document.querySelector('.graphiql-execute-button[aria-expanded="true"]')) return;
    const tab = active();
    if (tab?.id !== opened.id || tab.query !== opened.query || tab.operationName !== name) return;
    const items = [...document.querySelectorAll('.graphiql-dropdown-content [role=menuitem]')];
    items.find(({ textContent }) => textContent === name)?.click();
  });
  observer.observe(document.body, { childList: true });
}

/** The list of examples. Runs in the browser, where nothing of this file but the function is. */
import type { foundNames } from './found-names.ts';

// Of the browser, no more than is used here.
interface KeyEvent {
  readonly key: string;
  preventDefault(): void;
}
interface Element {
  hidden: boolean;
  value: string;
  textContent: string;
  click(): void;
  before(element: Element): void;
  addEventListener(type: string, listener: (event: KeyEvent) => void): void;
}
interface Item {
  readonly firstChild: Element;
}
interface List extends Element {
  readonly children: Iterable<Item>;
  replaceChildren(...items: readonly Item[]): void;
}
interface Dialog extends Element {
  showModal(): void;
  close(): void;
  querySelector(selector: 'ul'): List;
  querySelector(selector: string): Element;
}
declare const document: { querySelector(selector: string): Dialog };

/** The list in the page. */
export interface ExampleList {
  /** Puts the list's button beside GraphiQL's own, which are there by then. */
  placeButton(): void;
  /** Opens the list, with a line above it if there is something to say. */
  show(line?: string): void;
}

/** Brings the page's list to life: it is searched by typing, and gives the name that is chosen. */
export function createExampleList(find: typeof foundNames, choose: (name: string) => void): ExampleList {
  const dialog = document.querySelector('#examples');
  const button = document.querySelector('#show-examples');
  const search = dialog.querySelector('input');
  const status = dialog.querySelector('[role=status]');
  const list = dialog.querySelector('ul');
  const items = new Map([...list.children].map(item => [item.firstChild.value, item]));

  function found(): Item[] {
    return find([...items.keys()], search.value).flatMap(name => items.get(name) ?? []);
  }

  function filter(): void {
    const shown = found();
    list.replaceChildren(...shown);
    status.textContent = shown.length === 0 ? 'No example has such a name.' : '';
  }

  function show(line = ''): void {
    search.value = '';
    filter();
    if (line) status.textContent = line;
    dialog.showModal();
  }

  for (const { firstChild: item } of items.values()) {
    item.addEventListener('click', () => {
      dialog.close();
      choose(item.value);
    });
  }
  search.addEventListener('input', filter);
  search.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    // The key would press the button that has the focus next, which opens the list.
    event.preventDefault();
    found()[0]?.firstChild.click();
  });
  dialog.querySelector('header button').addEventListener('click', () => dialog.close());
  button.addEventListener('click', () => show());

  return {
    placeButton() {
      document.querySelector('.graphiql-sidebar > :not([data-index])').before(button);
      button.hidden = false;
    },
    show,
  };
}

/** The list of examples. Runs in the browser, where nothing of this file but the function is. */

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
interface Dialog extends Element {
  showModal(): void;
  close(): void;
  querySelector(selector: string): Element;
  querySelectorAll(selector: string): Iterable<{ hidden: boolean; readonly firstChild: Element }>;
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
export function createExampleList(choose: (name: string) => void): ExampleList {
  const dialog = document.querySelector('#examples');
  const button = document.querySelector('#show-examples');
  const search = dialog.querySelector('input');
  const status = dialog.querySelector('[role=status]');
  const items = [...dialog.querySelectorAll('li')];

  function filter(): void {
    const wanted = search.value.trim().toLowerCase();
    for (const item of items) item.hidden = !item.firstChild.value.toLowerCase().includes(wanted);
    status.textContent = items.every(({ hidden }) => hidden) ? 'No example has such a name.' : '';
  }

  function show(line = ''): void {
    search.value = '';
    filter();
    if (line) status.textContent = line;
    dialog.showModal();
  }

  for (const { firstChild: item } of items) {
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
    items.find(({ hidden }) => !hidden)?.firstChild.click();
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

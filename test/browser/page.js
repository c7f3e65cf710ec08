// GraphiQL's page as a person sees and uses it.
import assert from 'node:assert/strict';

/** Opens an address, and waits until the editors are there. */
export async function open(page, url) {
  await page.goto(url);
  await ready(page);
}

export async function reload(page) {
  await page.reload();
  await ready(page);
}

/** Has a page take its time to come. */
function slowly(route) {
  setTimeout(() => route.continue(), route.request().isNavigationRequest() ? 300 : 0);
}

/**
 * Types a query, and loads the page again in the same task or so many milliseconds later. The answer takes its time, so that
 * GraphiQL takes note of what was typed before the reload, during it, or never.
 */
export async function typeAndReload(page, query, milliseconds) {
  await page.route('**/graphql*', slowly, { times: 1 });
  const loaded = page.waitForEvent('load');
  await page.evaluate(
    ([text, wait]) => {
      const { editor } = globalThis.monaco;
      editor
        .getModels()
        .find(({ uri }) => uri.path.endsWith('operation.graphql'))
        .setValue(text);
      if (wait === 0) location.reload();
      else setTimeout(() => location.reload(), wait);
    },
    [query, milliseconds],
  );
  await loaded;
  await ready(page);
}

async function ready(page) {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await page.locator('.graphiql-tab-active').waitFor();
}

export const tabs = page => page.locator('.graphiql-tab-button').allTextContents();

export const activeTab = page => page.locator('.graphiql-tab-active .graphiql-tab-button').textContent();

/** What stands in an editor: `operation.graphql`, `variables.json`, `request-headers.json` or `response.json`. */
export function textIn(page, file) {
  return page.evaluate(
    name =>
      globalThis.monaco.editor
        .getModels()
        .find(({ uri }) => uri.path.endsWith(name))
        ?.getValue(),
    file,
  );
}

/** Waits until what `read` gives is as wanted, and fails with what it is. */
export async function eventually(read, wanted) {
  const end = Date.now() + 20_000;
  for (;;) {
    const is = await read();
    try {
      assert.deepEqual(is, wanted);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  }
}

/** Types into the pane of variables or of headers, which opens for it. */
export async function type(page, pane, text) {
  await page.locator('.graphiql-editor-tools').getByRole('button', { name: pane, exact: true }).click();
  await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .monaco-editor').click();
  await page.keyboard.insertText(text);
}

/** Presses the run button, and gives the request and its answer. */
export async function run(page) {
  const answered = page.waitForResponse(response => {
    const body = response.request().postDataJSON();
    return body !== null && !body.query.includes('__schema');
  });
  await page.locator('.graphiql-execute-button').click();
  const response = await answered;
  const result = await response.json();
  // The page shows it.
  await eventually(async () => JSON.parse((await textIn(page, 'response.json')) || 'null'), result);
  return { request: response.request(), result };
}

/** How high the pane of variables and headers is. */
export async function paneHeight(page) {
  const box = await page.locator('.graphiql-editor-tool').boundingBox();
  const shown = await page
    .locator('.graphiql-editor-tool')
    .evaluate(pane => getComputedStyle(pane).opacity !== '0');
  return shown && box ? box.height : 0;
}

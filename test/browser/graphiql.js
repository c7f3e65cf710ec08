// GraphiQL in a browser: `npm run browser` at the root, and `npm run browser -- dist/main.mjs` for the bundle.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchChromium, startGateway } from './chromium.js';
import {
  activeTab,
  eventually,
  open,
  paneHeight,
  reload,
  run,
  tabs,
  textIn,
  type,
  typeAndReload,
} from './page.js';
import { needsMore, operationNames } from './registry.js';

const browser = await launchChromium();
let gateway;
let context;
let page;
/** What the page asked other hosts for, and what went wrong in it. */
let complaints;

before(async () => {
  gateway = await startGateway();
});
after(async () => {
  await gateway.stop();
  await browser.close();
});

async function visit(options, visited = gateway) {
  context = await browser.newContext(options);
  page = await context.newPage();
  complaints = [];
  const { origin } = new URL(visited.url);
  context.on('request', request => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(?:blob|data):/.test(url)) complaints.push(url);
  });
  context.on('weberror', error => complaints.push(error.error().message));
}

const narrow = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
/** As a person who was never here before. */
async function visitAgain(visited = gateway) {
  await context.close();
  await visit({ viewport: { width: 1280, height: 800 } }, visited);
}

beforeEach(() => visit({ viewport: { width: 1280, height: 800 } }));
afterEach(async () => {
  await context.close();
  assert.deepEqual(complaints, []);
});

const withVariables = 'query Found($id: ID!) { node(id: $id) { id } }';
const link = (query, variables) =>
  `${gateway.url}?${new URLSearchParams({ query, ...(variables && { variables }) }).toString()}`;

describe('The tabs', () => {
  it('open at the first click, answer at the first run, and show a typed error at the second', async () => {
    await open(page, new URL('/', gateway.url).href);
    assert.equal(new URL(page.url()).pathname, '/graphql');
    const names = await tabs(page);
    assert.equal(names[0], 'Welcome');
    for (const [index, name] of names.entries()) {
      await page.locator('.graphiql-tab-button').nth(index).click();
      await eventually(() => activeTab(page), name);
      const [first, second] = [(await run(page)).result, (await run(page)).result];
      assert.deepEqual([first.errors, second.errors], [undefined, undefined]);
      // All the others change something.
      if (index === 0) continue;
      const [[before_], [then]] = [Object.values(first.data), Object.values(second.data)];
      assert.deepEqual([name, before_.code, typeof then.code], [name, undefined, 'string']);
    }
  });

  it('are there again after the page is loaded again, with what was typed, and no more of them', async () => {
    await open(page, gateway.url);
    const names = await tabs(page);
    await page.locator('.graphiql-tab-button').nth(2).click();
    await eventually(() => activeTab(page), names[2]);
    await type(page, 'Variables', '{"kept": 1}');
    for (const _ of ['once', 'twice']) {
      await reload(page);
      assert.deepEqual(await tabs(page), names);
      await eventually(() => activeTab(page), names[2]);
      await eventually(() => textIn(page, 'variables.json'), '{"kept": 1}');
    }
    // A new visit, which has no address of a tab.
    const again = await context.newPage();
    await open(again, gateway.url);
    assert.deepEqual(await tabs(again), names);
  });

  // GraphiQL takes note of what is typed after a tenth of a second, and stores it after half of one.
  for (const milliseconds of [0, 50, 200]) {
    it(`are as many when the page is loaded again ${milliseconds} ms after something was typed`, async () => {
      const query = 'query Typed { __typename }';
      for (const address of [
        link(withVariables, '{"id": "x"}'),
        `${gateway.url}?example=node`,
        gateway.url,
      ]) {
        await visitAgain();
        await open(page, address);
        const names = await tabs(page);
        const at = names.indexOf(await activeTab(page));
        await typeAndReload(page, query, milliseconds);
        assert.deepEqual(await tabs(page), names.with(at, 'Typed'));
        assert.equal(await activeTab(page), 'Typed');
        await eventually(() => textIn(page, 'operation.graphql'), query);
        // An address that says nothing opens the tab of the last visit.
        assert.ok([query, null].includes(new URL(page.url()).searchParams.get('query')));
      }
    });
  }

  it('come from links, one for each, and the address is that of the active one', async () => {
    await open(page, gateway.url);
    const names = await tabs(page);
    const shared = link(withVariables, '{"id": "bm90aGluZw=="}');
    for (const _ of ['opened', 'opened again']) {
      await open(page, shared);
      assert.deepEqual(await tabs(page), [...names, 'Found']);
      await eventually(() => activeTab(page), 'Found');
      await eventually(() => textIn(page, 'operation.graphql'), withVariables);
      await eventually(() => textIn(page, 'variables.json'), '{"id": "bm90aGluZw=="}');
      const asked = (await run(page)).request.postDataJSON();
      assert.deepEqual(asked.variables, { id: 'bm90aGluZw==' });
      // The link asks for a tab that is there, but not in front.
      await page.locator('.graphiql-tab-button').first().click();
      await eventually(() => activeTab(page), names[0]);
    }

    await page.locator('.graphiql-tab-button').nth(1).click();
    const query = await eventuallyText(names[1]);
    await eventually(() => new URL(page.url()).searchParams.get('query'), query);
    assert.equal(new URL(page.url()).searchParams.get('variables'), null);
    await reload(page);
    await eventually(() => activeTab(page), names[1]);
  });

  it('of links run the operation that the link names, until another one is run or the text is changed', async () => {
    const address = new URL(link('query First { __typename }\nquery Second { second: __typename }'));
    const asked = async () => {
      await page.locator('.graphiql-execute-button').click();
      const names = await page.getByRole('menuitem').allTextContents();
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      return names;
    };
    for (const name of ['Second', 'First']) {
      address.searchParams.set('operationName', name);
      await visitAgain();
      await open(page, address.href);
      for (const _ of ['opened', 'loaded again']) {
        assert.equal((await run(page)).request.postDataJSON().operationName, name);
        assert.equal((await run(page)).request.postDataJSON().operationName, name);
        await reload(page);
      }
    }
    await page.locator('.graphiql-query-editor .monaco-editor').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Control+Enter');
    await eventually(async () => JSON.parse((await textIn(page, 'response.json')) || '{}').data, {
      second: 'Query',
    });
    assert.deepEqual(await asked(), ['First', 'Second']);

    await visitAgain();
    await open(page, address.href);
    await page.locator('.graphiql-query-editor .monaco-editor').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('# changed\n');
    await eventually(() => page.url().includes('changed'), true);
    assert.deepEqual(await asked(), ['First', 'Second']);

    for (const name of ['', 'Third']) {
      address.searchParams.set('operationName', name);
      await visitAgain();
      await open(page, address.href);
      assert.deepEqual(await asked(), ['First', 'Second']);
    }
  });

  it('have an address of no more than 8,000 characters', async () => {
    // The editor would close what is a bracket by itself.
    const [short, long] = ['# short', `# ${'long '.repeat(2_000)}`];
    await open(page, gateway.url);
    await page.locator('.graphiql-query-editor .monaco-editor').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(short);
    await eventually(() => new URL(page.url()).searchParams.get('query'), short);
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(long);
    await eventually(() => page.url(), gateway.url);
    await reload(page);
    await eventually(() => textIn(page, 'operation.graphql'), long);
  });
});

async function eventuallyText(name) {
  await eventually(() => activeTab(page), name);
  await eventually(async () => (await textIn(page, 'operation.graphql')).includes(name), true);
  return textIn(page, 'operation.graphql');
}

describe('The pane of variables and headers', () => {
  it('takes no room while it is empty, and follows the tab', async () => {
    await open(page, gateway.url);
    assert.equal(await paneHeight(page), 0);
    await open(page, link(withVariables, '{"id": "x"}'));
    await eventually(async () => (await paneHeight(page)) > 50, true);
    await page.locator('.graphiql-tab-button').first().click();
    await eventually(() => paneHeight(page), 0);
    await page.locator('.graphiql-tab-button').last().click();
    await eventually(async () => (await paneHeight(page)) > 50, true);
  });
});

/** All that the browser keeps of the page. */
function stored() {
  return page.evaluate(() =>
    JSON.stringify([...Object.entries(localStorage), ...Object.entries(sessionStorage), history.state]),
  );
}

/** Answers in the settings whether headers are kept. */
async function keepHeaders(answer) {
  await page.getByRole('button', { name: 'Open settings dialog' }).click();
  await page.getByRole('dialog').getByRole('button', { name: answer, exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

describe('Headers', () => {
  const header = '{"authorization": "Bearer secret-of-mine"}';

  it('are sent, and not kept', async () => {
    await open(page, gateway.url);
    await type(page, 'Headers', header);
    const { request } = await run(page);
    assert.equal(request.headers().authorization, 'Bearer secret-of-mine');
    await reload(page);
    await run(page);
    assert.equal((await stored()).includes('secret-of-mine'), false);
    assert.equal(page.url().includes('secret-of-mine'), false);
    assert.equal((await textIn(page, 'request-headers.json')) ?? '', '');
  });

  it('are kept by who asks for it, and no longer when that ends', async () => {
    await open(page, gateway.url);
    await keepHeaders('On');
    await type(page, 'Headers', header);
    await reload(page);
    await eventually(() => textIn(page, 'request-headers.json'), header);
    assert.equal((await stored()).includes('secret-of-mine'), true);
    assert.equal(page.url().includes('secret-of-mine'), false);
    await keepHeaders('Off');
    await reload(page);
    await run(page);
    assert.equal((await stored()).includes('secret-of-mine'), false);
  });

  it('that are kept make no second tab of a link, where the gateway wants a token', async () => {
    const wantsToken = await startGateway({ AUTH: 'dev' });
    try {
      await visitAgain(wantsToken);
      await open(page, wantsToken.url);
      await keepHeaders('On');
      const names = await tabs(page);
      await open(page, link(withVariables, '{"id": "x"}').replace(gateway.url, wantsToken.url));
      assert.deepEqual(await tabs(page), [...names, 'Found']);
      await eventually(async () => (await textIn(page, 'request-headers.json')).includes('Bearer'), true);
    } finally {
      await wantsToken.stop();
    }
  });
});

/** What reaches beyond the screen's edge and cannot be scrolled to. */
function beyond() {
  return page.evaluate(() => {
    const scrolls = element =>
      element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll('#root *, [role=dialog] *')]
      .filter(
        element =>
          !element.closest('.monaco-editor, svg') && element.checkVisibility({ opacityProperty: true }),
      )
      .filter(element => !scrolls(element))
      .filter(element => {
        const { left, right, width, height } = element.getBoundingClientRect();
        return width > 0 && height > 0 && (right > innerWidth + 1 || left < -1);
      })
      .map(element => `${element.tagName} ${element.className}`);
  });
}

async function fits(what) {
  const size = await page.evaluate(() => {
    const { scrollWidth: width, scrollHeight: height } = document.documentElement;
    return { width, height };
  });
  assert.deepEqual([what, size, await beyond()], [what, page.viewportSize(), []]);
}

describe('On a screen of 1280 pixels', () => {
  it('nothing makes the page scroll', async () => {
    await open(page, gateway.url);
    await fits('the page');
    await run(page);
    await fits('an answer');
    await type(page, 'Variables', '{}');
    await fits('the variables');
  });
});

describe('On a screen of 390 pixels', () => {
  it('nothing reaches beyond its edge', async () => {
    await context.close();
    await visit(narrow);
    await open(page, gateway.url);
    await fits('the page');
    await run(page);
    await fits('an answer');
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').waitFor();
    await fits('the documentation');
    await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
    for (const name of ['Open settings dialog', 'Open short keys dialog', 'Show examples']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      await fits(name);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    await type(page, 'Variables', '{}');
    await fits('the variables');
  });

  it('the active tab is in view, whether a link opens it, an example or a click', async () => {
    await context.close();
    await visit(narrow);
    await open(page, gateway.url);
    await page.locator('.graphiql-tab-button').last().focus();
    await page.keyboard.press('Enter');
    await tabInView((await tabs(page)).at(-1));
    await open(page, link(withVariables, '{"id": "x"}'));
    await tabInView('Found');
    await choose('deleteIdentityStoreUser');
    await tabInView('DeleteIdentityStoreUser');
    await choose('rekognitionCollections');
    await tabInView('RekognitionCollections');
  });
});

/** The tab is in front, and all of it within the bar of tabs, before the bar fades out. */
async function tabInView(name) {
  await eventually(() => activeTab(page), name);
  await eventually(async () => {
    const [bar, tab] = await Promise.all(
      ['.graphiql-tabs', '.graphiql-tab-active'].map(place => page.locator(place).boundingBox()),
    );
    return [tab.x >= bar.x - 1, tab.x + tab.width <= bar.x + bar.width - 31];
  }, [true, true]);
}

const list = () => page.getByRole('dialog', { name: 'Examples' });

/** Finds an example by its name, with the keys alone. */
async function choose(name) {
  await page.getByRole('button', { name: 'Show examples' }).focus();
  await page.keyboard.press('Enter');
  await list().waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await list().waitFor({ state: 'hidden' });
}

const titleOf = name => name.charAt(0).toUpperCase() + name.slice(1);

const containing = typed => operationNames.filter(name => name.toLowerCase().includes(typed.toLowerCase()));

describe('The examples', () => {
  it('are listed, one for each operation, and found by a part of the name', async () => {
    await open(page, gateway.url);
    await page.getByRole('button', { name: 'Show examples' }).click();
    const shown = async () => (await list().getByRole('listitem').allTextContents()).toSorted();
    assert.deepEqual(await shown(), operationNames.toSorted());
    await page.keyboard.type('CHIMEUSER');
    assert.deepEqual(await shown(), containing('CHIMEUSER').toSorted());
    await page.keyboard.type('s of nobody');
    assert.equal(await list().getByRole('status').textContent(), 'No example has such a name.');
    // The first empties the field, as browsers do.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await list().waitFor({ state: 'hidden' });
  });

  it('come the better the more of the name was typed, and Enter opens the first', async () => {
    await open(page, gateway.url);
    // The names that are a part of another one.
    const typed = operationNames.filter(name => containing(name).length > 1);
    assert.ok(typed.includes('deleteRekognitionUser'));
    await page.getByRole('button', { name: 'Show examples' }).click();
    for (const name of typed) {
      await list().getByRole('searchbox').fill(name.toUpperCase());
      const [first] = await list().getByRole('listitem').allTextContents();
      assert.equal(first, name);
    }
    await page.keyboard.press('Enter');
    await list().waitFor({ state: 'hidden' });
    await eventually(() => activeTab(page), titleOf(typed.at(-1)));
  });

  it('open in a tab each, once, and bring the headers of the tab before along', async () => {
    await open(page, gateway.url);
    const names = await tabs(page);
    await type(page, 'Headers', '{"x-mine": "1"}');
    await choose('chimeAccounts');
    await eventually(() => activeTab(page), 'ChimeAccounts');
    const { request } = await run(page);
    assert.equal(request.headers()['x-mine'], '1');
    await page.locator('.graphiql-tab-button').first().click();
    await choose('chimeAccounts');
    await eventually(() => activeTab(page), 'ChimeAccounts');
    await eventually(() => tabs(page), [...names, 'ChimeAccounts']);
    await reload(page);
    assert.deepEqual(await tabs(page), [...names, 'ChimeAccounts']);
  });

  it('that are not there are told in one line', async () => {
    await open(page, `${gateway.url}?example=nobody`);
    await list().waitFor();
    assert.equal(await list().getByRole('status').textContent(), 'There is no example “nobody”.');
  });

  for (const name of operationNames) {
    const outcome = needsMore(name) ? 'tells what it needs' : 'succeeds';
    it(`have ${name}, which its address opens and which ${outcome}`, async () => {
      await gateway.reset();
      await open(page, `${gateway.url}?example=${name}`);
      await eventually(() => activeTab(page), titleOf(name));
      const query = await textIn(page, 'operation.graphql');
      const { searchParams } = new URL(page.url());
      assert.deepEqual(
        [...searchParams],
        [
          ['query', query],
          ['operationName', titleOf(name)],
        ],
      );
      assert.equal(/^# It needs /m.test(query), needsMore(name));
      // A subscription has no one answer.
      if (query.includes('subscription ')) return;
      const { data, errors } = (await run(page)).result;
      if (needsMore(name)) {
        assert.ok(errors ?? data[name].__typename);
        return;
      }
      // Only of errors the examples ask for the name.
      assert.deepEqual([errors, data[name] === null, data[name]?.__typename], [undefined, false, undefined]);
    });
  }
});

describe('A gateway', () => {
  it('that is away is told in one line', async () => {
    await open(page, gateway.url);
    await run(page);
    await gateway.stop();
    await page.locator('.graphiql-execute-button').click();
    const { origin } = new URL(gateway.url);
    const line = `${origin} does not answer. Is the gateway running?`;
    await eventually(async () => (await textIn(page, 'response.json')).replace(/^"|"$/g, ''), line);
  });
});

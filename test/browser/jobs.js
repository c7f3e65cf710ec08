// The page of a bulk job in a browser, part of `npm run browser`; with a folder in SCREENSHOTS, it leaves pictures there.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchChromium, startGateway } from './chromium.js';
import { eventually } from './page.js';

const { SCREENSHOTS } = process.env;

const browser = await launchChromium();
let folder;
let gateway;
let context;
let page;
/** What the page asked other hosts for, and what went wrong in it. */
let complaints;

async function start(env) {
  gateway = await startGateway({
    DATABASE_FOLDER: join(folder, 'database'),
    LOCAL_AWS_QUOTAS: 'aws',
    ...env,
  });
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vestibule-browser-'));
  // As root, PostgreSQL runs as somebody else.
  chmodSync(folder, 0o755);
  await start({});
});
after(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
  await browser.close();
});

async function visit(options) {
  context = await browser.newContext(options);
  page = await context.newPage();
  page.on('dialog', dialog => dialog.accept());
  complaints = [];
  const { origin } = new URL(gateway.url);
  context.on('request', request => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) complaints.push(url);
  });
  context.on('weberror', error => complaints.push(error.error().message));
  context.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}

beforeEach(async () => {
  await gateway.reset();
  await visit({ viewport: { width: 1280, height: 800 } });
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(complaints, []);
});

/** Asks for a job, and tells the address of its page. */
async function pageOf(name, input) {
  const stem = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${stem}Input!) {
    result: ${name}(input: $input) { ... on ${stem}Success { job { jobId } } ... on Error { message } }
  }`;
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data } = await response.json();
  return new URL(`/jobs/${data.result.job.jobId}`, gateway.url).href;
}

async function importUsers(count) {
  const rows = Array.from({ length: count }, (_, at) => ({
    userName: `browser-${at}`,
    displayName: `Browser ${at}`,
    name: { givenName: 'Browser', familyName: `Number ${at}` },
  }));
  // One who is there already.
  rows.push({ ...rows[0], userName: 'ada' });
  return pageOf('importIdentityStoreUsers', { source: { rows } });
}

const textOf = id => page.locator(`#${id}`).textContent();
const bar = () => page.locator('#bar').evaluate(({ value, max }) => value / max);

async function picture(name) {
  if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

async function fits() {
  const widths = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
  assert.deepEqual(widths, [390, 390]);
}

describe('The page of a job', () => {
  it('shows how far it is until it has ended, what failed, and where the results are', async () => {
    // So that it goes on when the page is there, on a slow machine as well.
    await gateway.addFault({ operation: 'CreateUser', effect: { type: 'latency', milliseconds: 2_000 } });
    const url = await importUsers(30);
    await page.goto(url);
    const seen = new Set();
    while ((await textOf('state')) !== 'COMPLETED') {
      if (await page.locator('#job').isVisible()) seen.add(await bar());
      if (seen.size === 2) await picture('running');
      await page.waitForTimeout(50);
    }
    // It has moved in between.
    assert.ok(
      [...seen].some(share => share > 0 && share < 1),
      [...seen].join(),
    );
    await eventually(bar, 1);
    assert.equal(await textOf('title'), 'importIdentityStoreUsers');
    assert.equal(await textOf('pace'), '31 of 31 rows');
    await eventually(() => page.locator('#failed tr').count(), 1);
    assert.match(await textOf('failed'), /^30FAILED.+/);
    assert.equal(await page.locator('#cancel').isVisible(), false);
    assert.equal(await page.locator('#retry').isVisible(), true);
    for (const format of ['csv', 'ndjson']) {
      const results = await fetch(await page.locator(`#${format}`).getAttribute('href'));
      assert.equal(results.status, 200);
      assert.match(await results.text(), /FAILED/);
    }
    await picture('completed');
  });

  it('cancels the job, and performs the rest when it is asked to', async () => {
    await page.goto(await importUsers(100));
    await page.locator('#cancel').click();
    await eventually(() => textOf('state'), 'CANCELLED');
    await page.locator('#retry').click();
    await eventually(async () => ['QUEUED', 'RUNNING'].includes(await textOf('state')), true);
    await page.locator('#cancel').click();
    await eventually(() => textOf('state'), 'CANCELLED');
  });

  it('says what an export failed of, which has no results and can be made anew', async () => {
    const query = `mutation { result: exportRekognitionUsers(input: { collectionId: "nope" }) {
      ... on ExportRekognitionUsersSuccess { job { jobId } }
    } }`;
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data } = await response.json();
    await page.goto(new URL(`/jobs/${data.result.job.jobId}`, gateway.url).href);
    await eventually(() => textOf('state'), 'FAILED');
    assert.equal(await textOf('reason'), 'There is no collection "nope".');
    const shown = ['#cancel', '#csv', '#ndjson', '#retry'].map(id => page.locator(id).isVisible());
    assert.deepEqual(await Promise.all(shown), [false, false, false, true]);
  });

  it('offers nothing to try again where a brake has stopped the job', async () => {
    await page.goto(
      await pageOf('deleteIdentityStoreUsers', { source: { rows: [{ user: { userName: 'grace' } }] } }),
    );
    await eventually(() => textOf('state'), 'STOPPED');
    assert.match(await textOf('reason'), /confirmDeletions/);
    assert.equal(await page.locator('#retry').isVisible(), false);
  });

  it('fits a screen of 390 pixels, dark as well', async () => {
    const url = await importUsers(3);
    await context.close();
    await visit({ viewport: { width: 390, height: 844 }, isMobile: true, colorScheme: 'dark' });
    await page.goto(url);
    await eventually(() => textOf('state'), 'COMPLETED');
    await eventually(() => page.locator('#failed tr').count(), 1);
    await fits();
    await picture('narrow-dark');
  });

  it('says that the gateway is away, and goes on when it is back', async () => {
    const url = await importUsers(100);
    await page.goto(url);
    await eventually(async () => (await bar()) > 0, true);
    const { port } = new URL(gateway.url);
    await gateway.stop();
    await eventually(() => textOf('notice'), 'The gateway does not answer. This page goes on when it does.');
    await picture('away');
    await start({ PORT: port });
    await eventually(() => textOf('notice'), '');
    await page.locator('#cancel').click();
    await eventually(() => textOf('state'), 'CANCELLED');
    // What a browser says of requests that come to nothing.
    complaints = complaints.filter(text => !text.includes('net::ERR_'));
  });

  it('says when there is no such job', async () => {
    await page.goto(new URL('/jobs/00000000-0000-4000-8000-000000000000', gateway.url).href);
    await eventually(() => textOf('notice'), 'There is no such job.');
  });
});

/** The page that browsers get. What it does in one is tried by `npm run browser`. */
import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { all, contents, serving } from '../support/graphiql.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** Unlike a browser, and unlike fetch on its own, this shows what was sent over the wire. */
async function visit(headers: Record<string, string> = {}, path = '/graphql') {
  const { request } = await import('undici');
  const response = await request(`${gateway.url}${path}`, { headers: { accept: 'text/html', ...headers } });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: Buffer.from(await response.body.arrayBuffer()),
  };
}

describe('the GraphiQL page', () => {
  it('is one file that allows the browser no other host', async () => {
    const { status, headers, body } = await visit();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'unsafe-inline'; font-src data:; img-src data:; worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    // A page of 9 MB is nothing to print when an assertion fails.
    const markup = body.toString().split(/<(?:style|script)>/, 1)[0] ?? '';
    expect(/<title>(.*)<\/title>/.exec(markup)?.[1]).toBe('Vestibule');
    expect(markup.match(/(?:src|href)="[^"]{1,10}/g)).toEqual(['href="data:image']);
  });

  it('allows the browser the scripts that are in it, by their hashes', async () => {
    const { headers, body } = await visit();
    const scripts = body.toString().matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g);
    const hashes = [...scripts].map(
      ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    );
    const [, allowed] = /script-src ([^;]*)/.exec(String(headers['content-security-policy'])) ?? [];
    expect(allowed).toBe(hashes.join(' '));
  });

  it('has phones show it in their own width', async () => {
    const { body } = await visit();
    expect(body.toString().match(/<meta name="viewport"[^>]*>/g)).toEqual([
      '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    ]);
  });

  it('travels compressed', async () => {
    const plain = (await visit()).body;
    const gzip = await visit({ 'accept-encoding': 'gzip' });
    const brotli = await visit({ 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(gunzipSync(gzip.body).equals(plain)).toBe(true);
    expect(brotliDecompressSync(brotli.body).equals(plain)).toBe(true);
    expect(brotli.body.length).toBeLessThan(plain.length / 4);
  });

  it('is not sent again to a browser that has it', async () => {
    const { headers } = await visit();
    const again = await visit({ 'if-none-match': String(headers['etag']) });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  it('is only for browsers', async () => {
    const { status, headers } = await visit({ accept: 'application/json' });
    expect(status).toBe(400);
    expect(headers['content-type']).toContain('application/json');
  });
});

describe('The address without a path', () => {
  it.each([
    ['/', 'graphql'],
    ['/?query=%7B__typename%7D', 'graphql?query=%7B__typename%7D'],
  ])('leads a browser from %s to %s', async (path, location) => {
    const { status, headers, body } = await visit({}, path);
    expect([status, headers['location'], headers['vary'], body.toString()]).toEqual([
      307,
      location,
      'accept, origin',
      '',
    ]);
  });

  it.each(['application/json', '*/*'])('has nothing for who asks for %s', async accept => {
    const { status, headers, body } = await visit({ accept }, '/');
    expect([status, headers['location'], JSON.parse(body.toString())]).toEqual([
      404,
      undefined,
      {
        errors: [
          {
            message: 'Nothing is served at this path. GraphQL is at /graphql.',
            extensions: { code: 'NOT_FOUND' },
          },
        ],
      },
    ]);
  });

  it('leads no other request, and no other path, whatever it accepts', async () => {
    const { request } = await import('undici');
    const headers = { accept: 'text/html' };
    const posted = await request(`${gateway.url}/`, { method: 'POST', headers });
    await posted.body.dump();
    expect([posted.statusCode, (await visit({}, '/other')).status]).toEqual([404, 404]);
  });
});

function tabsOf(...ids: readonly string[]) {
  return serving(ids).tabs;
}

/** What the tabs are to show: the operations with such an example, in the order of the examples. */
function shownBy(...ids: readonly string[]) {
  const shown = Object.entries(serving(ids).examples).flatMap(([name, { tab }]) => (tab ? [name] : []));
  const changes = operations().filter(({ name, kind }) => kind === 'mutation' && shown.includes(name));
  const changing = new Map(changes.map(change => [change.name, change]));
  return {
    changes: shown.flatMap(name => changing.get(name) ?? []),
    reads: shown.filter(name => !changing.has(name)),
  };
}

describe('the tabs', () => {
  it('read, at the first click, what is there', async () => {
    const [welcome] = tabsOf(...all);
    const { data, errors } = await gateway.query(welcome?.query ?? '');
    expect(errors).toBeUndefined();
    const found = Object.entries(data).filter(([, value]) => value !== null);
    expect(found.map(([name]) => name)).toEqual(shownBy(...all).reads);
  });

  it('ask for a token where callers need one', () => {
    const { tabs } = serving(all, true);
    expect(new Set(tabs.map(({ headers }) => headers))).toEqual(
      new Set(['{\n  "authorization": "Bearer TOKEN"\n}']),
    );
    expect(tabs[0]?.query).toContain('npm run -s dev-token -- --scopes "*"\n');
    expect(tabsOf('rekognition')[0]).toEqual({ query: expect.not.stringContaining('token') });
  });

  it('change something at the first click, and show a typed error at the second', async () => {
    onTestFinished(() => gateway.localAws.reset());
    const [, ...tabs] = tabsOf(...all);
    const { changes } = shownBy(...all);
    expect(tabs).toHaveLength(changes.length);
    for (const [index, { name, errors, effect }] of changes.entries()) {
      const { query } = tabs[index] ?? { query: '' };
      const [first, second] = [await gateway.query(query), await gateway.query(query)];
      // Only of errors the tabs ask for the name.
      expect([name, first.errors, first.data[name].__typename]).toEqual([name, undefined, undefined]);
      const outcome = [name, second.errors, errors.includes(second.data[name].__typename)];
      // Performed twice, an idempotent change leads to the same.
      expect(outcome).toEqual([name, undefined, effect !== 'idempotentChange']);
    }
  });

  it.each([...all.map(id => ({ ids: [id] })), { ids: all }])(
    'are those of the providers that are served: $ids',
    ({ ids }) => {
      const { changes, reads } = shownBy(...ids);
      expect(contents(tabsOf(...ids))).toEqual([
        [['Welcome', ...reads]],
        ...changes.map(({ name }) => [[`${name.charAt(0).toUpperCase()}${name.slice(1)}`, name]]),
      ]);
    },
  );
});

describe('the list of examples', () => {
  it('has their names', async () => {
    const [, list = ''] = /<ul>(<li>.*?)<\/ul>/.exec((await visit()).body.toString()) ?? [];
    const names = [...list.matchAll(/<button type="button" value="(\w+)">\1<\/button>/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(Object.keys(serving(all).examples));
  });
});

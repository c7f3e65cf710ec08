/** The page that browsers get. That it works in one, without a request to any other host, was tried by hand. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type FieldNode, type OperationDefinitionNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { type ApiOperation, operations } from '../../src/schema/operation/registry.ts';
import { tabsFor } from '../../src/server/graphiql/tabs.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** Unlike a browser, and unlike fetch on its own, this shows what was sent over the wire. */
async function visit(headers: Record<string, string> = {}) {
  const { request } = await import('undici');
  const response = await request(`${gateway.url}/graphql`, { headers: { accept: 'text/html', ...headers } });
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

const loaded = await Promise.all(
  providers.map(async ({ id, load }) => [id, (await load()).provider] as const),
);
const schema = assembleSchema();

/** The tabs of a gateway that serves these providers. */
function tabsOf(...ids: readonly string[]) {
  return tabsFor(schema, { connected: new Map(loaded.filter(([id]) => ids.includes(id))) } as never);
}

/** What the tabs are to show: the operations with such an example, in the order of the examples. */
function shownBy(...ids: readonly string[]) {
  const names = loaded
    .filter(([id]) => ids.includes(id))
    .flatMap(([, { examples }]) =>
      Object.entries(examples).flatMap(([name, { tab }]) => (tab ? [name] : [])),
    );
  const shown = names.map(name => operations().find(operation => operation.name === name));
  const [changes, reads] = [true, false].map(changing =>
    shown.filter(operation => operation !== undefined && (operation.kind === 'mutation') === changing),
  ) as [ApiOperation[], ApiOperation[]];
  return { changes, reads };
}

/** The names of the operations in the tabs, and of the fields that each asks for. */
function contents(tabs: readonly { query: string }[]) {
  return tabs.map(({ query }) =>
    parse(query).definitions.map(definition => {
      const { name, selectionSet } = definition as OperationDefinitionNode;
      return [name?.value, ...selectionSet.selections.map(field => (field as FieldNode).name.value)];
    }),
  );
}

const all = providers.map(({ id }) => id);

describe('the tabs', () => {
  it('read, at the first click, what is there', async () => {
    const [welcome] = tabsOf(...all);
    const { data, errors } = await gateway.query(welcome?.query ?? '');
    expect(errors).toBeUndefined();
    const found = Object.entries(data).filter(([, value]) => value !== null);
    expect(found.map(([name]) => name)).toEqual([
      'providers',
      ...shownBy(...all).reads.map(({ name }) => name),
    ]);
  });

  it('ask for a token where callers need one', () => {
    const tabs = tabsFor(schema, { connected: new Map(loaded) } as never, true);
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
        [['Welcome', 'providers', ...reads.map(({ name }) => name)]],
        ...changes.map(({ name }) => [[`${name.charAt(0).toUpperCase()}${name.slice(1)}`, name]]),
      ]);
    },
  );
});

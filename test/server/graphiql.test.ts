/** The page that browsers get. That it works in one, without a request to any other host, was tried by hand. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { assembleSchema } from '../../src/schema/index.ts';
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

function names(tabs: readonly { query: string }[]) {
  return tabs.map(({ query }) => /^(?:query|mutation) (\w+)/m.exec(query)?.[1]);
}

describe('the tabs', () => {
  it('succeed at the first click, and show a typed error at the second', async () => {
    const [welcome, ...changes] = tabsOf('rekognition', 'identity-store', 'chime');
    onTestFinished(() => gateway.localAws.reset());
    expect(await gateway.query(welcome?.query ?? '')).toMatchObject({
      data: {
        rekognitionCollection: { userCount: 3 },
        identityStoreUser: { displayName: 'Ada Lovelace' },
        chimeAccount: { name: 'Demo Team' },
      },
    });
    const outcomes: unknown[] = [];
    for (const { query } of changes) {
      const first = await gateway.query(query);
      const second = await gateway.query(query);
      const [[field, success]] = Object.entries(first.data) as [[string, object]];
      outcomes.push([field, Object.keys(success)[0], second.data[field].__typename]);
    }
    expect(outcomes).toEqual([
      ['createRekognitionUser', 'user', 'ConflictError'],
      ['deleteRekognitionUser', 'deletedUserId', 'NotFoundError'],
      ['createIdentityStoreUser', 'user', 'ConflictError'],
      ['deleteIdentityStoreUser', 'deletedUserId', 'NotFoundError'],
      ['createChimeUser', 'user', 'ConflictError'],
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

  it('are those of the providers that are served', () => {
    expect(names(tabsOf('chime'))).toEqual(['Welcome', 'CreateChimeUser']);
    expect(tabsOf('chime')[0]?.query).not.toContain('rekognition');
    expect(names(tabsOf('rekognition'))).toEqual([
      'Welcome',
      'CreateRekognitionUser',
      'DeleteRekognitionUser',
    ]);
  });
});

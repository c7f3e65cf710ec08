/** The page that browsers get. What it does in one is tried by `npm run browser`. */
import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type FieldNode, type OperationDefinitionNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { exampleDocuments, examplesOf } from '../../src/server/graphiql/examples.ts';
import { tabsFor } from '../../src/server/graphiql/tabs.ts';
import { subscribe, told } from '../support/events.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

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

const loaded = await Promise.all(
  providers.map(async ({ id, load }) => [id, (await load()).provider] as const),
);
const schema = assembleSchema();

/** The examples and the tabs of a gateway that serves these providers. */
function serving(ids: readonly string[], needsToken = false) {
  const served = { connected: new Map(loaded.filter(([id]) => ids.includes(id))) } as never;
  const examples = examplesOf(served);
  const documents = exampleDocuments(schema, examples);
  return { examples, documents, tabs: tabsFor(schema, examples, documents, needsToken) };
}

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

/** The fields of the schema's root types that a gateway with these providers serves. */
function served(ids: readonly string[]): string[] {
  const others = new Set(
    operations().flatMap(({ name, provider }) =>
      all.includes(provider) && !ids.includes(provider) ? name : [],
    ),
  );
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap(root => Object.keys(root?.getFields() ?? {})).filter(name => !others.has(name));
}

function titleOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** What came of an example: of a mutation that was refused, and of nothing else, it asks for the name. */
async function outcomeOf(document = '', on = gateway) {
  const [, name = ''] = /^(?:query|mutation|subscription) (\w+)/m.exec(document) ?? [];
  const { data, errors } = await on.query(document);
  const result = data?.[`${name.charAt(0).toLowerCase()}${name.slice(1)}`];
  return { errors, isNull: result == null, refusal: result?.__typename };
}

const success = { errors: undefined, isNull: false, refusal: undefined };
const [needy, ready] = [true, false].map(needs =>
  served(all).filter(name => (serving(all).examples[name]?.needs !== undefined) === needs),
) as [string[], string[]];

describe('the examples', () => {
  it.each([...all.map(id => ({ ids: [id] })), { ids: all }])(
    'are one for each operation of the gateway and of the providers that are served: $ids',
    ({ ids }) => {
      const titled = Object.entries(serving(ids).documents).map(([name, query]) => [
        name,
        contents([{ query }]),
      ]);
      expect(Object.fromEntries(titled)).toEqual(
        Object.fromEntries(served(ids).map(name => [name, [[[titleOf(name), name]]]])),
      );
    },
  );

  it.each(ready)('%s succeeds on the demo world', async name => {
    onTestFinished(() => gateway.localAws.reset());
    expect(await outcomeOf(serving(all).documents[name])).toEqual(success);
  });

  it.each(all)('of nodes find something where no more is served than %s', async id => {
    const { node, nodes } = serving([id]).documents;
    expect(await outcomeOf(node)).toEqual(success);
    const { data } = await gateway.query(nodes ?? '');
    expect(data.nodes).toEqual([{ type: expect.any(String), id: expect.any(String) }]);
  });

  it('of nodes have the ids of what look-ups find', async () => {
    const finding = Object.entries(serving(all).examples).filter(([, { finds }]) => finds !== undefined);
    expect(finding).toHaveLength(all.length);
    for (const [name, { finds }] of finding) {
      const { data } = await gateway.query(serving(all).documents[name] ?? '');
      expect(data[name].id).toBe(finds);
    }
  });

  it.each(needy)('%s says what it needs, without which it does not succeed', async name => {
    const { [name]: document = '' } = serving(all).documents;
    expect(document).toMatch(/^# It needs .+\.\n/);
    expect(await outcomeOf(document)).not.toEqual(success);
  });

  it('that need a bulk job succeed with the id of one in the place of JOB', async () => {
    const { documents } = serving(all);
    const { data } = await gateway.query(documents['exportRekognitionUsers'] ?? '');
    const { id } = data.exportRekognitionUsers.job;
    const put = (name: string) => (documents[name] ?? '').replace('"JOB"', JSON.stringify(id));
    const changes = needy.filter(name => put(name).includes(id));
    expect(changes).toEqual(['cancelJob', 'retryJob', 'jobProgress']);
    for (const name of ['cancelJob', 'retryJob']) {
      expect([name, await outcomeOf(put(name))]).toEqual([name, success]);
    }
    const progress = await subscribe(gateway, { query: put('jobProgress') });
    const event = { event: 'next', data: { data: { jobProgress: { id, state: 'QUEUED' } } } };
    await vi.waitFor(() => expect(told(progress)[0]).toMatchObject(event));
    progress.leave();
  });

  it('that need the events of the audit trail succeed where they are kept', async () => {
    const keeping = await startTestGateway({ AUDIT: '/dev/null', AUDIT_EVENTS: 'database' });
    try {
      expect(await outcomeOf(serving(all).documents['auditEvents'], keeping)).toEqual(success);
    } finally {
      await keeping.stop();
    }
  });

  it('are listed in the page by their names', async () => {
    const [, list = ''] = /<ul>(<li>.*?)<\/ul>/.exec((await visit()).body.toString()) ?? [];
    const names = [...list.matchAll(/<button type="button" value="(\w+)">\1<\/button>/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(Object.keys(serving(all).examples));
  });
});

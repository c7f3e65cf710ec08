/** The examples that GraphiQL's page has, one for each operation. In a browser, `npm run browser` tries them. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { subscribe, told } from '../support/events.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { all, contents, schema, serving } from '../support/graphiql.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

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
});

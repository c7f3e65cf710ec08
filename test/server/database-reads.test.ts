/** How often an operation is counted to read the gateway's database, held to how often it does. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { encodeGlobalId } from '../../src/schema/global-id.ts';
import { startTestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { askForJob, type JobGateway, startJobGateway } from '../support/jobs.ts';

let gateway: JobGateway;
let folder: string;
/** The global ids of three jobs. */
const ids: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vestibule-reads-'));
  gateway = await startJobGateway({
    JOB_WORKERS: '0',
    AUDIT: path.join(folder, 'audit.log'),
    AUDIT_EVENTS: 'database',
  });
  for (let at = 0; at < 3; at += 1) {
    const source = { rows: [{ userName: 'a b', displayName: 'd' }] };
    ids.push((await askForJob(gateway, 'importIdentityStoreUsers', { source })).job.id);
  }
});
afterAll(async () => {
  await gateway.stop();
  await rm(folder, { recursive: true });
});

/** The statements of callers from now on. */
function statements(): readonly unknown[] {
  const seen: unknown[] = [];
  const query = Reflect.get(Client.prototype, 'query') as (...given: unknown[]) => unknown;
  const spy = vi.spyOn(Client.prototype, 'query').mockImplementation(function (
    this: Client,
    ...given: unknown[]
  ) {
    const { connectionParameters } = this as unknown as {
      connectionParameters: { readonly application_name: string };
    };
    if (connectionParameters.application_name === 'vestibule callers') seen.push(given[0]);
    return Reflect.apply(query, this, given);
  });
  onTestFinished(() => spy.mockRestore());
  return seen;
}

const progress = 'counts { total } rowsPerSecond estimatedEnd';

/** Documents, with their variables, what they are counted for, and how many statements they take. */
const documents: readonly [
  what: string,
  document: string,
  counted: number,
  taken: number,
  variables?: () => object,
][] = [
  ['nothing of the database', '{ providers { id } rekognitionCollections { edges { node { id } } } }', 0, 0],
  [
    'a list',
    '{ jobs(first: 10) { edges { node { id state resultsUrl } } } auditEvents { edges { node { time } } } }',
    2,
    2,
  ],
  ['what many jobs have come to, in one', `{ jobs(first: 10) { edges { node { ${progress} } } } }`, 11, 2],
  [
    'rows of each job, each time that they are asked for',
    'query ($n: Int) { jobs(first: $n) { edges { node { ...R b: rows { edges { cursor } } } } } } fragment R on Job { a: rows { edges { cursor } } }',
    21,
    7,
    () => ({ n: 10 }),
  ],
  [
    'jobs by their ids, in one, and what they have come to',
    `query ($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { id ... on Job { ${progress} } } node(id: $id) { id } }`,
    3 + 4 + 1,
    2,
    () => ({ ids: [...ids, encodeGlobalId('RekognitionCollection', 'employees')], id: ids[0] }),
  ],
  [
    'an id in a variable within a list',
    'query ($id: ID!) { nodes(ids: [$id]) { id } }',
    1,
    0,
    () => ({ id: encodeGlobalId('RekognitionCollection', 'employees') }),
  ],
];

describe('the reads of the database that an operation can take', () => {
  it.each(documents)('are told when asked for, and are no fewer than it takes: %s', async (...given) => {
    const [, query, counted, taken, variables] = given;
    const sent = json(JSON.stringify({ query, variables: variables?.() }), {
      'vestibule-extensions': 'cost',
    });
    const seen = statements();
    const { body } = await send(gateway.url, sent);
    expect(body).toMatchObject({ data: {}, extensions: { cost: { databaseReads: counted } } });
    expect(body).not.toHaveProperty('errors');
    expect(seen).toHaveLength(taken);
  });

  it('are no calls to AWS', async () => {
    const query = `{ node(id: "${ids[0]}") { id } }`;
    const { body } = await send(
      gateway.url,
      json(JSON.stringify({ query }), { 'vestibule-extensions': 'cost' }),
    );
    expect(body).toMatchObject({ extensions: { cost: { upstreamCalls: 0, databaseReads: 1 } } });
  });

  it('may be as many as the operator says, on every sight of the document', async () => {
    const strict = await startTestGateway({ ...gateway.database.env, MAX_DATABASE_READS: '5' });
    onTestFinished(() => strict.stop());
    const query =
      'query ($n: Int) { jobs(first: $n) { edges { node { counts { total } rows { edges { cursor } } } } } }';
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await strict.query(query, { n: 3 })).toEqual({
        errors: [
          {
            message:
              "The operation is too expensive: it can read the gateway's database 7 times, and may do so 5 times. Ask for fewer entries of lists with `first`, or have MAX_DATABASE_READS raised.",
            extensions: { code: 'OPERATION_TOO_EXPENSIVE', limit: 'databaseReads', maximum: 5, actual: 7 },
          },
        ],
      });
      expect((await strict.query(query, { n: 2 })).errors).toBeUndefined();
    }
  });
});

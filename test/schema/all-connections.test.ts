/** Every list of the schema, of AWS's and of the gateway's own: its pages at every boundary, and its cursors. */
import { type GraphQLObjectType, getNamedType, isLeafType, isNonNullType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AwsOperation } from '../../src/adapter/operation.ts';
import type { RunningGateway } from '../../src/gateway.ts';
import { demoWorld } from '../../src/local-aws/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { type ChangedAws, startChangedAws } from '../support/changed-aws.ts';
import { finderOf, schema } from '../support/everything.ts';
import type { Answer, TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { runJob } from '../support/jobs.ts';
import { examples, runMutation } from '../support/mutations.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: object }[];
  readonly pageInfo: object;
}

interface List {
  readonly coordinate: string;
  readonly type: string;
  readonly name: string;
  /** The operation of AWS that lists; two fields may have the same list. */
  readonly operation: AwsOperation | undefined;
  /** What tells a node of it from the others. */
  readonly select: string;
}

const typeIn = (type: GraphQLObjectType, field: string) =>
  getNamedType(type.getFields()[field]?.type) as GraphQLObjectType;

/** The fields that tell a thing from others: its global id, or all that it has. */
function identityOf(type: GraphQLObjectType): string {
  const fields = Object.values(type.getFields()).filter(field => isLeafType(getNamedType(field.type)));
  return fields.some(({ name }) => name === 'id') ? 'id' : fields.map(({ name }) => name).join(' ');
}

const lists: readonly List[] = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap(type =>
    Object.values(type.getFields())
      .filter(({ args }) => args.some(({ name }) => name === 'first'))
      .map(({ name }) => ({
        coordinate: `${type.name}.${name}`,
        type: type.name,
        name,
        operation: operations().find(({ coordinate }) => coordinate === `${type.name}.${name}`)?.aws[0],
        select: identityOf(typeIn(typeIn(typeIn(type, name), 'edges'), 'node')),
      })),
  );

/** How many entries AWS's list has lost from its beginning since it was read, by the name of its answer. */
let lost: { readonly output: string; readonly count: number } | undefined;
let aws: ChangedAws;
let database: OwnDatabase;
let gateway: RunningGateway;
let jobs: readonly string[];

async function query(document: string, variables: object = {}): Promise<Answer> {
  return (await send(gateway.url, json(JSON.stringify({ query: document, variables })))).body as Answer;
}

beforeAll(async () => {
  database = await ownDatabase();
  aws = await startChangedAws((_model, output, answer) => {
    if (output !== lost?.output) return answer;
    const [name, items] = Object.entries(answer as object).find(([, value]) => Array.isArray(value)) ?? [];
    return { ...(answer as object), [name ?? '']: items.slice(lost.count) };
  });
  gateway = await startGatewayOn(aws.url, {
    ...database.env,
    IDENTITY_STORE_ID: demoWorld.identityStore.identityStoreId,
    JOB_WORKERS: '4',
    AUDIT: '/dev/null',
    AUDIT_EVENTS: 'database',
  });
  const asked = { query } as TestGateway;
  const rows = Array.from({ length: 3 }, (_, at) => ({ userId: `row-${at}` }));
  const input = { collectionId: 'employees', source: { rows } };
  const ended = [];
  for (let count = 0; count < 2; count += 1) ended.push(await runJob(asked, 'importRekognitionUsers', input));
  jobs = ended.map(({ id }) => id);
  // The demo world has no user with several faces, so that there would be no page between two.
  const faceIds = demoWorld.rekognition.faces.map(({ faceId }) => faceId);
  await runMutation(asked, 'associateRekognitionFaces', { ...faceOwner, faceIds });
  await runMutation(asked, 'createChimeSdkAppInstance', { name: 'Front' });
  const filter = 'filter: { operation: "AssociateFaces", outcome: SUCCESS }';
  await vi.waitFor(async () =>
    expect(
      (await query(`{ auditEvents(${filter}) { edges { cursor } } }`)).data.auditEvents.edges,
    ).toHaveLength(1),
  );
});
afterAll(async () => {
  await gateway.stop();
  await aws.stop();
  await database.drop();
});

const faceOwner = examples['rekognitionUser']?.args as { collectionId: string; userId: string };

/** What a list answers; with an error, its messages. */
async function read({ coordinate, type, name, select }: List, page: object, job = jobs[0]): Promise<unknown> {
  const needed = schema.getType(type) as GraphQLObjectType;
  const own = needed.getFields()[name]?.args.filter(arg => isNonNullType(arg.type)) ?? [];
  const args = { ...Object.fromEntries(own.map(arg => [arg.name, examples[name]?.args[arg.name]])), ...page };
  const given = Object.entries(args).map(([arg, value]) => `${arg}: ${JSON.stringify(value)}`);
  const pageInfo = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
  const list = `list: ${name}(${given.join(', ')}) { edges { cursor node { ${select} } } ${pageInfo} }`;
  const { data, errors } = await query(
    type === 'Query'
      ? `{ ${list} }`
      : type === 'Job'
        ? `{ node(id: "${job}") { ... on Job { ${list} } } }`
        : finderOf(type).call(`{ ${list} }`),
  );
  if (errors) return errors.map(({ message }) => message);
  const found = data.list ?? (Object.values(data)[0] as { readonly list: unknown }).list;
  return found ?? `${coordinate} is null`;
}

const page = async (list: List, args: object) => (await read(list, args)) as Connection;
const nodesOf = ({ edges }: Connection) => edges.map(({ node }) => node);

/** Whether two fields have the same list of AWS. */
const isSame = ({ operation }: List, other: List) => operation !== undefined && operation === other.operation;

const known = new Map<List, Promise<readonly string[]>>();

/** A cursor of its beginning, and one of its middle. */
function cursorsOf(list: List): Promise<readonly string[]> {
  const cursors =
    known.get(list) ?? page(list, { first: 2 }).then(({ edges }) => edges.map(({ cursor }) => cursor));
  known.set(list, cursors);
  return cursors;
}

/** A page with these of all entries. */
function expectPage(found: Connection, all: Connection, [from, to]: readonly [number, number]): void {
  expect(nodesOf(found)).toEqual(nodesOf(all).slice(from, to));
  expect(found.pageInfo).toEqual({
    hasNextPage: to < all.edges.length,
    hasPreviousPage: from > 0,
    startCursor: found.edges[0]?.cursor ?? null,
    endCursor: found.edges.at(-1)?.cursor ?? null,
  });
}

test('There are lists of AWS, and of what the gateway keeps', () => {
  expect(lists.map(({ coordinate }) => coordinate)).toEqual(
    expect.arrayContaining([
      'Query.identityStoreUsers',
      'ChimeAccount.users',
      'Query.jobs',
      'Job.rows',
      'Query.auditEvents',
    ]),
  );
});

const no = 'after must be a cursor that this list gave out.';

describe.each(lists)('$coordinate', list => {
  test('has exactly what fits into one page, one fewer, and no more than there are', async () => {
    const all = await page(list, { first: 1_000 });
    const count = all.edges.length;
    expect(count).toBeGreaterThan(1);
    expect(new Set(nodesOf(all).map(node => JSON.stringify(node))).size).toBe(count);
    for (const first of [count - 1, count, count + 1]) {
      expectPage(await page(list, { first }), all, [0, Math.min(first, count)]);
    }
  });

  test('goes on after each of its cursors, up to the end and behind it', async () => {
    const all = await page(list, { first: 1_000 });
    const count = all.edges.length;
    for (const first of [1, count - 1, count]) {
      const { edges } = await page(list, { first });
      for (const [at, { cursor }] of edges.entries()) {
        expectPage(await page(list, { first: 1, after: cursor }), all, [at + 1, Math.min(at + 2, count)]);
        expectPage(await page(list, { first: 1_000, after: cursor }), all, [at + 1, count]);
      }
    }
  });

  test.each([0, -1, 1_001])('refuses first: %i', async first => {
    expect(await read(list, { first })).toEqual(['first must be a whole number from 1 to 1000.']);
  });

  test('refuses as a cursor what it did not give out: garbage, and the cursors of all other lists', async () => {
    const foreign = lists.filter(other => other !== list && !isSame(other, list));
    const cursors = (await Promise.all(foreign.map(cursorsOf))).flat();
    const [own = ''] = await cursorsOf(list);
    for (const after of ['', 'x', `${own}=`, own.slice(1), ...cursors]) {
      expect(await read(list, { after })).toEqual([no]);
    }
  });
});

test('Job.rows refuses the cursors of the rows of another job, and of rows with other outcomes', async () => {
  const rows = lists.find(({ coordinate }) => coordinate === 'Job.rows') as List;
  for (const after of await cursorsOf(rows)) {
    expect(await read(rows, { after }, jobs[1])).toEqual([no]);
    const { errors } = await query(
      `{ node(id: "${jobs[0]}") { ... on Job { rows(outcome: [SUCCEEDED], after: "${after}") { edges { cursor } } } } }`,
    );
    expect(errors).toMatchObject([{ message: no, path: ['node', 'rows'] }]);
  }
});

test('Query.auditEvents refuses the cursors of events of another filter', async () => {
  const events = lists.find(({ coordinate }) => coordinate === 'Query.auditEvents') as List;
  for (const after of await cursorsOf(events)) {
    const { errors } = await query(
      `{ auditEvents(filter: { outcome: SUCCESS }, after: "${after}") { edges { cursor } } }`,
    );
    expect(errors).toMatchObject([{ message: no, path: ['auditEvents'] }]);
  }
});

describe.each(lists.filter(({ operation }) => operation))('$coordinate of AWS', list => {
  test('misses nothing after any of its cursors, however many of its entries were deleted since', async () => {
    const { edges } = await page(list, { first: 1_000 });
    for (const [at, { cursor }] of edges.entries()) {
      for (let count = 0; count <= edges.length; count += 1) {
        lost = { output: list.operation?.service.model.operations[list.operation.name]?.output ?? '', count };
        const left = edges.slice(Math.max(at + 1, count));
        expect(nodesOf(await page(list, { after: cursor }))).toEqual(left.map(({ node }) => node));
      }
      lost = undefined;
    }
  });
});

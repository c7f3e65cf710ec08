/** Nothing reaches AWS without its scope, whichever way a request takes through the server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, test } from 'vitest';
import { type ApiOperation, operations } from '../../src/schema/operation/registry.ts';
import { documentsOf, finderOf, inputLiteral, nodeTypes, schema } from '../support/everything.ts';
import { type Answer, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { documentOf, examples, mutationNamed } from '../support/mutations.ts';
import { selectionOf } from '../support/queries.ts';
import { ask, withToken } from '../support/tokens.ts';

let issuer: TestIssuer;
let gateway: TestGateway;
/** A global id of each node type, by its name. */
const ids = new Map<string, string>();

beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startTestGateway({ ...issuer.env, MAX_UPSTREAM_CALLS: '100000' });
  for (const { name } of nodeTypes) {
    const finder = finderOf(name);
    const { data } = await query(finder.call('{ id }'), ['*']);
    ids.set(name, data[finder.name].id);
  }
});
beforeEach(() => gateway.localAws.reset());
afterAll(async () => {
  await gateway.stop();
  await issuer.stop();
});

/** The tests of jobs have what changes them: test/jobs/access.slow.test.ts. */
const reaching = operations().filter(({ kind }) => kind !== 'jobChange');

const scopes = [...new Set(reaching.map(({ scope }) => scope))];

async function query(document: string, granted: readonly string[], claims: object = {}): Promise<Answer> {
  const token = await issuer.token({ scope: granted.join(' '), ...claims });
  const { body } = await ask(gateway, withToken(token), document);
  return body as Answer;
}

/** The operations of AWS that were called. */
const called = () =>
  new Set(gateway.localAws.requests.list().map(({ service, operation }) => `${service}:${operation}`));

/** Those that the operations with one of these scopes declare. */
function declaredWith(granted: readonly string[]): ReadonlySet<string> {
  const declaring = operations().filter(({ scope }) => granted.includes(scope));
  return new Set(
    declaring.flatMap(({ aws }) => aws.map(({ name, service }) => `${service.model.service}:${name}`)),
  );
}

/** How an operation is called, what else that takes, and where its answer is. */
function useOf(operation: ApiOperation) {
  const { kind, name, coordinate, scope } = operation;
  switch (kind) {
    case 'mutation': {
      const mutation = mutationNamed(name);
      const [, body = ''] = documentOf(mutation).split(/\$input\) /);
      const document = `mutation { result: ${name}(input: ${inputLiteral(name)}) ${body}`;
      return { document, needs: [], at: ['result'] };
    }
    case 'job': {
      const document = `mutation { result: ${name}(input: ${inputLiteral(name)}) { __typename ... on Error { message code providerCode requestId retryable } } }`;
      return { document, needs: [], at: ['result'] };
    }
    case 'query': {
      const { args } = examples[name] ?? { args: {} };
      const list = Object.entries(args).map(
        ([key, value]) => `${key}: ${JSON.stringify(value).replaceAll(/"(\w+)":/g, '$1:')}`,
      );
      return { document: `{ ${name}(${list.join(', ')}) { __typename } }`, needs: [], at: [name] };
    }
    case 'field': {
      const [parent = ''] = coordinate.split('.');
      const finder = finderOf(parent);
      const reading = operations().find(each => each.name === finder.name);
      return {
        document: finder.call(`{ ${selectionOf(operation)} }`),
        needs: reading ? [reading.scope] : [],
        at: reading?.scope === scope ? [finder.name] : [finder.name, name],
      };
    }
    case 'jobChange':
      throw new TypeError('It reaches nothing.');
    case 'node':
      return { document: `{ node(id: "${ids.get(name)}") { id } }`, needs: [], at: ['node'] };
  }
}

describe.each(reaching)('$coordinate', operation => {
  const { kind, scope } = operation;
  const others = scopes.filter(other => other !== scope);

  it('is refused without its scope, whether the document is known or not, and AWS is not asked', async () => {
    const { document, needs, at } = useOf(operation);
    const message = `The caller lacks the scope "${scope}".`;
    for (let sight = 1; sight <= 2; sight += 1) {
      const { data, errors } = await query(document, others);
      const facts = { code: 'ACCESS_DENIED', providerCode: null, requestId: null, retryable: false };
      if (kind === 'mutation' || kind === 'job') {
        expect(errors).toBeUndefined();
        expect(data.result).toEqual({ __typename: 'AccessDeniedError', message, ...facts });
      } else {
        // The field itself, or what it makes null that holds it.
        expect(at.reduce((value, name) => value?.[name] ?? null, data)).toBeNull();
        expect(errors).toEqual([
          expect.objectContaining({ message, path: at, extensions: { ...facts, scope } }),
        ]);
      }
      expect(called().difference(declaredWith(needs))).toEqual(new Set());
    }
  });

  it('is performed with it alone, or with it and what leads there', async () => {
    const { document, needs } = useOf(operation);
    const answer = await query(document, [scope, ...needs]);
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer.data)).not.toContain('ACCESS_DENIED');
    // What a job calls, it calls later.
    if (kind === 'job') expect(answer.data.result.__typename).toMatch(/Success$/);
    else expect(called().size).toBeGreaterThan(0);
  });
});

/** Asks for all that there is, and is sure that it was understood. */
async function askEverything(granted: readonly string[]): Promise<void> {
  for (const root of ['query', 'mutation'] as const) {
    for (const document of documentsOf(root, ids)) {
      expect(await query(document, granted)).toHaveProperty('data');
    }
  }
}

describe('every field of the schema, asked for with all that is in it', () => {
  it('belongs to an operation, or asks nobody', () => {
    const known = new Set(operations().map(({ coordinate }) => coordinate));
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap(root =>
      Object.keys(root?.getFields() ?? {}).map(name => `${root?.name}.${name}`),
    );
    expect(roots.filter(coordinate => !known.has(coordinate)).toSorted()).toEqual([
      'Query.auditEvents',
      'Query.jobs',
      'Query.node',
      'Query.nodes',
      'Query.providers',
    ]);
  });

  it('reaches AWS with no scope in no way', async () => {
    await askEverything(['openid', 'profile']);
    expect(called()).toEqual(new Set());
  });

  it.each(scopes)('reaches with %s no more of AWS than its operations declare', async scope => {
    await askEverything([scope]);
    expect(called().size).toBeGreaterThan(0);
    expect(called().difference(declaredWith([scope]))).toEqual(new Set());
  });

  it('reaches all that is declared with all scopes', async () => {
    await askEverything(['*']);
    expect(declaredWith(scopes).difference(called())).toEqual(new Set());
  });
});

test('A refused mutation does not keep those beside it from running, and tells nothing of its input', async () => {
  const document = `mutation {
    denied: deleteRekognitionUser(input: {collectionId: "no spaces", userId: ""}) { ... on AccessDeniedError { message scope } }
    done: createRekognitionUser(input: {collectionId: "employees", userId: "newcomer"}) { __typename }
  }`;
  expect(await query(document, ['rekognition:users:create'])).toEqual({
    data: {
      denied: {
        message: 'The caller lacks the scope "rekognition:users:delete".',
        scope: 'rekognition:users:delete',
      },
      done: { __typename: 'CreateRekognitionUserSuccess' },
    },
  });
  expect(gateway.log.at(-1)).toMatchObject({ refusals: [{ code: 'ACCESS_DENIED' }] });
});

test('What AWS denies names no scope', async () => {
  gateway.localAws.faults.add({ times: 1, effect: { type: 'exception', name: 'AccessDeniedException' } });
  const document =
    'mutation { result: createRekognitionUser(input: {collectionId: "employees", userId: "x"}) { ... on AccessDeniedError { scope providerCode } } }';
  expect(await query(document, ['*'])).toEqual({
    data: { result: { scope: null, providerCode: 'AccessDeniedException' } },
  });
});

test('nodes answers the ids that the caller may read, and the others with an error each', async () => {
  const own = [ids.get('RekognitionUser'), ids.get('ChimeUser')];
  const { data, errors } = await query(`{ nodes(ids: ${JSON.stringify(own)}) { id } }`, ['chime:users:read']);
  expect(data).toEqual({ nodes: [null, { id: own[1] }] });
  expect(errors).toMatchObject([
    { path: ['nodes', 0], extensions: { code: 'ACCESS_DENIED', scope: 'rekognition:users:read' } },
  ]);
});

const reading = '{ rekognitionUser(collectionId: "employees", userId: "ada") { userId } }';
const mayRead = { data: { rekognitionUser: { userId: 'ada' } } };
const mayNot = { errors: [{ extensions: { code: 'ACCESS_DENIED' } }] };

describe('scopes', () => {
  it.each([
    '*',
    'rekognition:*',
    'rekognition:*:read',
    '*:users:*',
    '*:*:read',
    'rekognition:users:*',
    '*:*:*',
  ])('are granted by %s', async granted => expect(await query(reading, [granted])).toEqual(mayRead));

  it.each([
    '',
    'rekognition',
    'rekognition:users',
    'rekognition:users:create',
    'rekognition:users:read:all',
    'rekognition:users:re*',
    'rek*:users:read',
    'identity-store:*',
    'REKOGNITION:USERS:READ',
    'rekognition:users:read,chime:users:read',
    '**',
  ])('are not granted by "%s"', async granted => {
    expect(await query(reading, [granted])).toMatchObject(mayNot);
  });

  it.each<[string, object]>([
    ['a list', { scope: ['openid', 'rekognition:users:read'] }],
    ["Entra ID's claim", { scope: undefined, scp: 'openid rekognition:users:read' }],
    ["Okta's claim", { scope: undefined, scp: ['rekognition:users:read'] }],
  ])('are read from %s', async (_what, claims) => {
    expect(await query(reading, [], claims)).toEqual(mayRead);
  });

  it.each<[string, object]>([
    ['a number', { scope: 1 }],
    ['an object', { scope: { 0: '*' } }],
    ['a list of lists', { scope: [['*']] }],
    ['nothing', { scope: null }],
    ['another claim', { scope: undefined, permissions: ['*'] }],
  ])('are not read from %s', async (_what, claims) => {
    expect(await query(reading, [], claims)).toMatchObject(mayNot);
  });

  it('are those of a client as of a person', async () => {
    const claims = { sub: undefined, client_id: 'robot' };
    expect(await query(reading, ['rekognition:users:read'], claims)).toEqual(mayRead);
  });

  it('are found elsewhere, and with something before them, where that is configured', async () => {
    const other = await startTestGateway({
      ...issuer.env,
      OIDC_SCOPE_CLAIM: 'https://vestibule.example/scopes, access.scopes',
      OIDC_SCOPE_PREFIX: 'vestibule/',
    });
    onTestFinished(() => other.stop());
    const outcome = async (claims: object) =>
      (await ask(other, withToken(await issuer.token({ ...claims })), reading)).body;
    const granted = ['vestibule/rekognition:users:read'];
    expect(await outcome({ 'https://vestibule.example/scopes': granted })).toEqual(mayRead);
    expect(await outcome({ access: { scopes: granted } })).toEqual(mayRead);
    expect(await outcome({ access: { scopes: ['rekognition:users:read'] } })).toMatchObject(mayNot);
    expect(await outcome({ scope: 'vestibule/rekognition:users:read' })).toMatchObject(mayNot);
  });
});

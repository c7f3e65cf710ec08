/**
 * `node bench/rehearsal.ts [number] [mix]`: so many creates and deletes of each service (1,000 unless said otherwise) while
 * AWS loses answers, fails, throttles and dawdles, in one of the {@link mixes} ("usual" unless said otherwise). Counts what
 * the answers said, and holds each to what there is at the end: it fails when an answer was untrue, when something exists
 * twice, or when less than 99 % were settled.
 */
import { pino } from 'pino';
import { readConfig } from '../src/config/index.ts';
import { startGateway } from '../src/gateway.ts';
import { demoWorld } from '../src/local-aws/demo-world.ts';
import type { Fault } from '../src/local-aws/faults.ts';

const count = Number(process.argv[2] ?? 1_000);
const CONCURRENCY = 50;
/** How many of the creates meet something that exists already. */
const TAKEN_EVERY = 10;
const SETTLED = 0.99;

const config = readConfig({
  PORT: '0',
  LOCAL_AWS_DATA: ':memory:',
  AWS_TIMEOUT_MS: '2000',
  SETTLE_TIMEOUT_MS: '20000',
});
const gateway = await startGateway(config, { logger: pino({ level: 'silent' }) });
const { faults } = gateway.localAws ?? {};
if (!faults) throw new Error('The rehearsal is for local AWS.');

const { accountId } = demoWorld.chime;

interface Kind {
  readonly title: string;
  readonly service: string;
  /** What is created and deleted; each selects `__typename`, and the create what a delete needs. */
  readonly create: (name: string) => string;
  readonly remove?: (name: string, key: string) => string;
  /** A page of all that there are, each with its {@link listedAs}. */
  readonly list: (after: string) => string;
  /** Absent where it is the name. */
  readonly listedAs?: (name: string) => string;
}

function page(key: string): string {
  return `nodes: edges { node { key: ${key} } } pageInfo { hasNextPage endCursor }`;
}

const kinds: readonly Kind[] = [
  {
    title: 'Identity Store',
    service: 'identitystore',
    create: name =>
      `mutation { result: createIdentityStoreUser(input: {userName: "${name}", displayName: "${name}", name: {givenName: "A", familyName: "B"}, emails: [{value: "${name}@example.com", primary: true}]}) { __typename ... on ProviderFailureError { outcomeUnknown message } ... on CreateIdentityStoreUserSuccess { user { key: userId } } } }`,
    remove: (_name, key) =>
      `mutation { result: deleteIdentityStoreUser(input: {userId: "${key}"}) { __typename ... on ProviderFailureError { outcomeUnknown message } } }`,
    list: after => `{ page: identityStoreUsers(${after}) { ${page('userName')} } }`,
  },
  {
    title: 'Rekognition',
    service: 'rekognition',
    create: name =>
      `mutation { result: createRekognitionUser(input: {collectionId: "employees", userId: "${name}"}) { __typename ... on ProviderFailureError { outcomeUnknown message } ... on CreateRekognitionUserSuccess { user { key: userId } } } }`,
    remove: name =>
      `mutation { result: deleteRekognitionUser(input: {collectionId: "employees", userId: "${name}"}) { __typename ... on ProviderFailureError { outcomeUnknown message } } }`,
    list: after =>
      `{ in: rekognitionCollection(collectionId: "employees") { page: users(${after}) { ${page('userId')} } } }`,
  },
  {
    title: 'Chime',
    service: 'chime',
    create: name =>
      `mutation { result: createChimeUser(input: {accountId: "${accountId}", email: "${name}@example.com"}) { __typename ... on ProviderFailureError { outcomeUnknown message } ... on CreateChimeUserSuccess { user { key: userId } } } }`,
    list: after =>
      `{ in: chimeAccount(accountId: "${accountId}") { page: users(${after}) { ${page('primaryEmail')} } } }`,
    listedAs: name => `${name}@example.com`,
  },
];

/** What strikes, and how often. The chances of those of one list add up to less than one. */
const mixes: Readonly<Record<string, readonly Pick<Fault, 'probability' | 'effect'>[]>> = {
  usual: [
    { probability: 0.08, effect: { type: 'drop', when: 'before' } },
    { probability: 0.1, effect: { type: 'drop', when: 'after' } },
    { probability: 0.05, effect: { type: 'exception', name: 'InternalFailure', status: 500, when: 'after' } },
    { probability: 0.03, effect: { type: 'response', status: 502, body: '<html>Bad gateway</html>' } },
    { probability: 0.1, effect: { type: 'throttle' } },
    { probability: 0.04, effect: { type: 'latency', milliseconds: 3_000 } },
  ],
  slow: [
    { probability: 0.2, effect: { type: 'latency', milliseconds: 3_000 } },
    { probability: 0.05, effect: { type: 'drop', when: 'before' } },
    { probability: 0.05, effect: { type: 'throttle' } },
  ],
  late: [
    { probability: 0.1, effect: { type: 'late', milliseconds: 500 } },
    // After it was sent again.
    { probability: 0.05, effect: { type: 'late', milliseconds: 4_000 } },
    { probability: 0.05, effect: { type: 'latency', milliseconds: 3_000 } },
    { probability: 0.05, effect: { type: 'drop', when: 'after' } },
  ],
  proxies: [
    { probability: 0.15, effect: { type: 'drop', when: 'after' } },
    {
      probability: 0.1,
      effect: { type: 'exception', name: 'ServiceUnavailable', status: 503, when: 'after' },
    },
    { probability: 0.05, effect: { type: 'late', milliseconds: 2_500 } },
    { probability: 0.05, effect: { type: 'response', status: 200, body: '{' } },
    { probability: 0.05, effect: { type: 'response', status: 403, body: '<html>proxy</html>' } },
    { probability: 0.03, effect: { type: 'response', status: 200, body: '' } },
    {
      probability: 0.03,
      effect: { type: 'response', status: 200, body: '{}', contentType: 'application/json' },
    },
    { probability: 0.03, effect: { type: 'response', status: 302, body: '', when: 'after' } },
    { probability: 0.03, effect: { type: 'response', status: 407, body: '' } },
    ...['ConflictException', 'ResourceNotFoundException', 'AccessDeniedException'].map(name => ({
      probability: 0.03,
      effect: { type: 'response', status: 400, body: `{"__type":"${name}"}` } as const,
    })),
    { probability: 0.1, effect: { type: 'throttle' } },
  ],
};
const ofChanges = mixes[process.argv[3] ?? 'usual'];
if (!ofChanges) throw new Error(`The mixes are ${Object.keys(mixes).join(', ')}.`);
const ofReads = [
  { probability: 0.05, effect: { type: 'throttle' } },
  { probability: 0.05, effect: { type: 'drop', when: 'before' } },
] as const;
const operations = {
  changes: ['CreateUser', 'DeleteUser'],
  reads: ['GetUserId', 'DescribeUser', 'ListUsers'],
};

function strike(service: string): void {
  let seed = 1;
  for (const [names, list] of [
    [operations.changes, ofChanges ?? []],
    [operations.reads, ofReads],
  ] as const) {
    for (const operation of names) {
      for (const { probability, effect } of list) {
        try {
          faults?.add({ service, operation, probability, seed: seed++, effect });
        } catch {
          // Not every service has every operation.
        }
      }
    }
  }
}

interface Outcome {
  readonly type: string;
  readonly key?: string;
  readonly outcomeUnknown?: boolean;
  /** Of what may be unknown. */
  readonly message?: string;
}

interface Result {
  readonly __typename: string;
  readonly user?: { readonly key: string };
  readonly outcomeUnknown?: boolean;
  readonly message?: string;
}

interface Page {
  readonly nodes: readonly { readonly node: { readonly key: string | null } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function send<Data>(query: string): Promise<Data> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Data | null; errors?: unknown };
  if (errors || !data) throw new Error(`A request failed: ${JSON.stringify(errors)}`);
  return data;
}

async function ask(query: string): Promise<Outcome> {
  const { result } = await send<{ result: Result }>(query);
  const { __typename: type, user, ...told } = result;
  return { type, ...(user && { key: user.key }), ...told };
}

async function askAll(queries: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let index = next++; index < queries.length; index = next++) {
        outcomes[index] = await ask(queries[index] ?? '');
      }
    }),
  );
  return outcomes;
}

/** What there is; what was asked for at last may still be on its way. */
async function listAll({ list }: Kind): Promise<readonly string[]> {
  await new Promise(resolve => setTimeout(resolve, 5_000));
  const keys: string[] = [];
  let after = 'first: 500';
  for (;;) {
    const data = await send<{ page?: Page; in?: { page: Page } }>(list(after));
    const found = data.page ?? data.in?.page;
    if (!found) throw new Error('There is no list.');
    keys.push(...found.nodes.flatMap(({ node }) => node.key ?? []));
    if (!found.pageInfo.hasNextPage) return keys;
    after = `first: 500, after: "${found.pageInfo.endCursor}"`;
  }
}

let failed = false;

function report(title: string, outcomes: readonly Outcome[], untrue: readonly string[]): void {
  const counts = Object.entries(Object.groupBy(outcomes, ({ type }) => type));
  const settled = outcomes.filter(({ outcomeUnknown }) => !outcomeUnknown).length / outcomes.length;
  failed ||= untrue.length > 0 || settled < SETTLED;
  console.log(
    `${title}: ${(settled * 100).toFixed(1)} % settled, ${untrue.length} untrue (${counts
      .map(([type, list]) => `${list?.length} ${type}`)
      .join(', ')})`,
  );
  for (const name of untrue.slice(0, 5)) console.log(`  untrue: ${name}`);
  const unknown = outcomes.filter(({ outcomeUnknown }) => outcomeUnknown);
  for (const [message, list] of Object.entries(Object.groupBy(unknown, told => told.message ?? ''))) {
    console.log(`  ${list?.length} unsettled: ${message}`);
  }
}

for (const kind of kinds) {
  const { title, service, create, remove, listedAs = name => name } = kind;
  const names = Array.from({ length: count }, (_, index) => `rehearsal-${index}`);
  const taken = names.filter((_, index) => index % TAKEN_EVERY === 0);
  faults.clear();
  await askAll(taken.map(create));
  // Older than a create whose answer was lost can be taken for.
  await new Promise(resolve => setTimeout(resolve, 4_000));

  strike(service);
  const created = await askAll(names.map(create));
  faults.clear();
  const listed = await listAll(kind);
  const there = new Set(listed);
  report(
    `${title}, creates`,
    created,
    names.filter((name, index) => !isTrue(created[index], there.has(listedAs(name)), taken.includes(name))),
  );
  const twice = listed.length - there.size;
  failed ||= twice > 0;
  console.log(`${title}: ${twice} exist twice`);

  if (remove) {
    // Rekognition's key is the name; of the others it is what their creation told.
    const known = names.flatMap((name, index) => {
      const key = created[index]?.key;
      return key ? [{ name, query: remove(name, key) }] : [];
    });
    strike(service);
    const removed = await askAll(known.map(({ query }) => query));
    faults.clear();
    const left = new Set(await listAll(kind));
    report(
      `${title}, deletes`,
      removed,
      known
        .map(({ name }) => name)
        .filter((name, index) => !isTrueOfDelete(removed[index], left.has(listedAs(name)))),
    );
  }
}

/** Whether what the answer to a create says is so. */
function isTrue(answer: Outcome | undefined, isThere: boolean, wasThere: boolean): boolean {
  if (answer?.outcomeUnknown) return true;
  if (answer?.type.endsWith('Success')) return isThere && !wasThere;
  if (answer?.type === 'ConflictError') return wasThere;
  return wasThere === isThere;
}

/** Everything was there once, and nobody else deletes: "not found" would be untrue. */
function isTrueOfDelete(answer: Outcome | undefined, isLeft: boolean): boolean {
  if (answer?.outcomeUnknown) return true;
  if (answer?.type.endsWith('Success')) return !isLeft;
  return ['ThrottledError', 'ProviderFailureError'].includes(answer?.type ?? '') && isLeft;
}

await gateway.stop();
process.exit(failed ? 1 : 0);

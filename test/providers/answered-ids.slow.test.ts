/** Answers whose ids are none, and answers with nothing in them, for every operation of AWS that an example calls. */
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ServiceModel } from '../../src/aws/models/model.ts';
import type { RunningGateway } from '../../src/gateway.ts';
import { demoWorld } from '../../src/local-aws/index.ts';
import { exampleDocument } from '../../src/schema/example-documents.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { type ChangedAws, startChangedAws } from '../support/changed-aws.ts';
import type { Answer } from '../support/gateway.ts';
import { examples } from '../support/mutations.ts';

const schema = assembleSchema();

/** The parts of native keys: the texts that things with a global id always have. */
const keys = new Set(
  Object.values(schema.getTypeMap()).flatMap(type =>
    isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node')
      ? Object.values(type.getFields())
          .filter(field => String(field.type) === 'String!')
          .map(({ name }) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`)
      : [],
  ),
);

/** An answer in which each id is another text. */
function renamed(model: ServiceModel, shape: string, value: unknown, id: string): unknown {
  const { type, members = {}, member = '' } = model.shapes[shape] ?? { type: '' };
  if (type === 'list' && Array.isArray(value)) return value.map(each => renamed(model, member, each, id));
  if (type !== 'structure' || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, held]) => {
    if (keys.has(name)) return [name, id] as const;
    if (Array.isArray(held) && keys.has(name.slice(0, -1))) return [name, held.map(() => id)] as const;
    return [name, renamed(model, members[name]?.shape ?? '', held, id)] as const;
  });
  return Object.fromEntries(entries);
}

let change: (model: ServiceModel, output: string, answer: unknown) => unknown;
let changed: Set<string>;
let everChanged = 0;
let aws: ChangedAws;
let gateway: RunningGateway;
beforeAll(async () => {
  aws = await startChangedAws((model, output, answer) => {
    const other = change(model, output, answer);
    if (JSON.stringify(other) !== JSON.stringify(answer)) {
      changed.add(`${model.service}:${output}`);
      everChanged += 1;
    }
    return other;
  });
  // Neither asked again nor looked for: how that goes, the tests of settling tell.
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  const env = { IDENTITY_STORE_ID: demoWorld.identityStore.identityStoreId, SETTLE_TIMEOUT_MS: '0' };
  gateway = await startGatewayOn(aws.url, env);
});
afterAll(async () => {
  await gateway.stop();
  await aws.stop();
});

const callers = operations().filter(({ kind }) => kind === 'query' || kind === 'mutation');

/** What the first error says, of a query's errors or a mutation's union. */
async function complaint({ name }: (typeof callers)[number]): Promise<unknown> {
  aws.localAws.reset();
  changed = new Set();
  const example = examples[name] ?? { args: {}, select: '__typename' };
  const query = exampleDocument(schema, name, example);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query });
  const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body });
  const { data, errors } = (await response.json()) as Answer;
  return errors?.[0]?.message ?? (data[name].outcomes?.[0] ?? data[name]).message;
}

test.each(callers)('What an answer to $name tells of is not believed when it has no id', async operation => {
  for (const id of ['', '\ud800', 'half\udc00']) {
    change = (model, output, answer) => renamed(model, output, answer, id);
    const message = await complaint(operation);
    if (changed.size > 0) expect(message).toMatch(/ gave an answer whose \w+(?:Id|Arn) is no id\./);
    else expect(message).toBeUndefined();
  }
});

test.each(callers)('An answer to $name with nothing in it is not believed', async operation => {
  for (const empty of [{}, [], null, 'text', { error: 'sign in to the hotel network' }]) {
    change = (model, output, answer) => {
      const isVoid = Object.keys(model.shapes[output]?.members ?? {}).length === 0;
      return isVoid ? answer : empty;
    };
    const message = await complaint(operation);
    if (changed.size > 0)
      expect(message).toMatch(/ gave an answer (?:without \w|that is not in AWS's protocol)/);
    else expect(message).toBeUndefined();
  }
});

test('Some answers had ids', () => {
  expect(keys.size).toBeGreaterThan(0);
  expect(everChanged).toBeGreaterThan(0);
});

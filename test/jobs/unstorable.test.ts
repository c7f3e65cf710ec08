/** Characters that the database has no form for, wherever bulk jobs take a text. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildSchema,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
} from 'graphql';
import { afterAll, expect, it } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { useGateway } from '../support/gateway.ts';
import { askForJob, askWithFile, jobNow } from '../support/jobs.ts';
import { examples } from '../support/mutations.ts';

const folder = mkdtempSync(join(tmpdir(), 'vestibule-unstorable-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const gateway = useGateway({ AUDIT: join(folder, 'audit.log') });
const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

type Path = readonly string[];

/** What is unfit, and what an error says of it. */
const unfit = [
  ['a\u0000b', 'the character U+0000'],
  ['a\ud800b', 'half of a surrogate pair, which has no form in UTF-8'],
] as const;

/** The paths of all texts in an input. */
function textsIn(type: GraphQLInputType, path: Path = []): readonly Path[] {
  const here = getNullableType(type);
  if (isListType(here)) return textsIn(here.ofType, [...path, '0']);
  if (isInputObjectType(here)) {
    return Object.values(here.getFields())
      .filter(({ name }) => !['source', 'idempotencyKey'].includes(name))
      .flatMap(({ name, type: inner }) => textsIn(inner, [...path, name]));
  }
  if (here.name === 'JSONObject') return [[...path, 'aws:identitystore:enterprise', 'note']];
  return here.name === 'String' ? [path] : [];
}

/** An input with something at a path; of alternatives there is no other, and an entry of a list has what it must have. */
function withAt(type: GraphQLInputType, base: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value;
  const here = getNullableType(type);
  if (isListType(here)) return [withAt(here.ofType, undefined, rest, value)];
  if (!isInputObjectType(here)) return { [part]: rest.length > 0 ? { [rest.join('.')]: value } : value };
  const fields = Object.values(here.getFields());
  const needed = fields.filter(isRequiredInputField).map(({ name }) => [name, 'needed']);
  const held = here.isOneOf ? {} : ((base ?? Object.fromEntries(needed)) as Record<string, unknown>);
  const inner = fields.find(({ name }) => name === part)?.type as GraphQLInputType;
  return { ...held, [part]: withAt(inner, held[part], rest, value) };
}

interface JobInput {
  readonly source?: { readonly rows: readonly object[] };
}

const kinds = operations()
  .filter(({ kind }) => kind === 'job')
  .map(({ name }) => {
    const stem = name.charAt(0).toUpperCase() + name.slice(1);
    const type = schema.getType(`${stem}Input`) as GraphQLInputObjectType;
    const row = schema.getType(`${stem}Row`) as GraphQLInputObjectType | undefined;
    const input = examples[name]?.args['input'] as JobInput;
    return { name, input, type, row, ofInput: textsIn(type), ofRow: row ? textsIn(row) : [] };
  });

const places = kinds.flatMap(kind => unfit.map(([text, words]) => ({ ...kind, text, words })));

function databaseTroubles() {
  return gateway.log.filter(({ msg }) => msg === 'The database could not be used.');
}

it.each(places)('$name tells of $words in what holds for all rows, and of where it is', async each => {
  for (const path of each.ofInput) {
    const message = `${path.join('.')} must not have ${each.words}.`;
    const input = withAt(each.type, each.input, path, each.text) as object;
    expect(await askForJob(gateway, each.name, input)).toEqual({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      message,
      issues: [{ path, message }],
    });
  }
  expect(databaseTroubles()).toEqual([]);
});

it.each(places.filter(({ ofRow }) => ofRow.length > 0))(
  '$name tells of $words in any text of a row, and of where it is',
  async ({ name, input, row: type, ofRow, text, words }) => {
    for (const path of ofRow) {
      const row = withAt(type as GraphQLInputObjectType, input.source?.rows[0], path, text);
      const { job } = await askForJob(gateway, name, { ...input, dryRun: false, source: { rows: [row] } });
      const { state, rows } = await jobNow(gateway, job.id);
      const issue = { path, message: `${path.join('.')} must not have ${words}.` };
      expect([path, state]).toEqual([path, 'INVALID']);
      expect(rows[0].error).toMatchObject({
        __typename: 'InvalidInputError',
        issues: [issue],
      });
    }
    expect(databaseTroubles()).toEqual([]);
  },
);

const unknown = (name: string) => ({
  path: [name],
  message: `${name} is unknown: right would be one of username, email, userType.`,
});

it('A file has them told with their lines, and names of members that the database cannot keep by their escapes', async () => {
  const rows = [
    '{"username":"a\\u0000b","email":"a@example.com"}',
    '{"username":"fine","email":"b@example.com","a\\u0000b":1,"c\\ud800d":1}',
  ];
  const accountId = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';
  const { job } = await askWithFile(
    gateway,
    'importChimeUsers',
    { accountId },
    { format: 'ndjson', text: rows.join('\n') },
  );
  expect((await jobNow(gateway, job.id)).rows).toMatchObject([
    {
      line: 1,
      error: { issues: [{ path: ['username'], message: 'username must not have the character U+0000.' }] },
    },
    { line: 2, error: { issues: [unknown('a\\u0000b'), unknown('c\\ud800d')] } },
  ]);
  const text = 'username,email\na\u0000b,a@example.com\n';
  const asked = await askWithFile(gateway, 'importChimeUsers', { accountId }, { format: 'csv', text });
  expect((await jobNow(gateway, asked.job.id)).rows).toMatchObject([
    { line: 2, error: { issues: [{ path: ['username'] }] } },
  ]);
  const header = await askWithFile(
    gateway,
    'importChimeUsers',
    { accountId },
    { format: 'csv', text: 'user\u0000name\nx\n' },
  );
  expect(header).toMatchObject({ __typename: 'InvalidInputError' });
  expect(databaseTroubles()).toEqual([]);
});

it.each(unfit)('The filter of auditEvents and the cursor tell of %j', async (text, words) => {
  for (const name of ['principal', 'operation', 'nativeId']) {
    const { errors } = await gateway.query(
      'query ($filter: AuditEventFilter) { auditEvents(filter: $filter) { edges { cursor } } }',
      { filter: { [name]: text } },
    );
    const message = `filter.${name} must not have ${words}.`;
    expect(errors).toMatchObject([{ message, extensions: { code: 'INVALID_INPUT' } }]);
  }
  const after = Buffer.from(text).toString('base64url');
  for (const list of ['auditEvents', 'jobs']) {
    const { errors } = await gateway.query(
      `query ($after: String) { ${list}(after: $after) { edges { cursor } } }`,
      { after },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  }
  expect(databaseTroubles()).toEqual([]);
});

it.each(['', 'a b', 'a\u0000b', 'k'.repeat(65), 'ä'])('idempotencyKey %j is none', async idempotencyKey => {
  for (const { name, input } of kinds) {
    const refused = await askForJob(gateway, name, { ...input, idempotencyKey });
    expect(refused).toMatchObject({ __typename: 'InvalidInputError' });
    expect(refused.issues[0].path).toEqual(['idempotencyKey']);
  }
});

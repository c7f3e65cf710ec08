/** Whatever the gateway can find wrong with a row without AWS, it finds before the first row is performed. */
import { randomUUID } from 'node:crypto';
import {
  type GraphQLInputFieldMap,
  type GraphQLInputObjectType,
  GraphQLString,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkOnly } from '../../src/jobs/check-only.ts';
import { jobKindOf, jobOperations } from '../../src/jobs/job-kind.ts';
import { providers } from '../../src/providers/index.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import {
  askForJob,
  askWithFile,
  endOfJob,
  type JobGateway,
  runJob,
  startJobGateway,
} from '../support/jobs.ts';

let gateway: JobGateway;
beforeAll(async () => {
  gateway = await startJobGateway({ MAX_DELETION_PERCENT: '100' });
});
afterAll(() => gateway.stop());

const fullName = { givenName: 'New', familyName: 'User' };
const photos = [{ value: 'https://example.com/new.png' }];

/** What rows of the kinds have that are right, and what is asked for beside them. */
const right: Readonly<Record<string, { readonly input: object; readonly row: (at: number) => object }>> = {
  importIdentityStoreUsers: {
    input: {},
    row: at => ({
      userName: `new${at}`,
      displayName: 'New',
      name: fullName,
      photos,
      groups: [{ displayName: 'Engineers' }],
    }),
  },
  updateIdentityStoreUsers: {
    input: {},
    row: () => ({ user: { userId: randomUUID() }, name: fullName, photos }),
  },
  deleteIdentityStoreUsers: { input: {}, row: () => ({ user: { userId: randomUUID() } }) },
  changeGroupMemberships: {
    input: {},
    row: () => ({ change: 'ADD', user: { userId: randomUUID() }, group: { displayName: 'Engineers' } }),
  },
  importRekognitionUsers: { input: { collectionId: 'employees' }, row: at => ({ userId: `new${at}` }) },
  deleteRekognitionUsers: { input: { collectionId: 'employees' }, row: at => ({ userId: `new${at}` }) },
  importChimeUsers: {
    input: { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890' },
    row: at => ({ email: `new${at}@example.com` }),
  },
};

/** What AWS's rules for texts refuse, those that there are: too long, empty, and with a character that shows nothing. */
const texts = ['x'.repeat(3_000), '', 'a\u0001b'];

interface Member {
  readonly path: readonly string[];
  /** How much of the path leads to where exactly one member is given; undefined if all may be. */
  readonly choice: number | undefined;
  readonly isText: boolean;
}

/** The members of a row, and of what is in it. */
function membersOf(type: GraphQLInputObjectType, path: readonly string[] = [], outer?: number): Member[] {
  const choice = type.isOneOf ? path.length : outer;
  return Object.values(type.getFields()).flatMap(({ name, type: of }) => {
    const at = [...path, name, ...(isListType(getNullableType(of)) ? ['0'] : [])];
    const held = getNamedType(of);
    const here = { path: at, choice, isText: held === GraphQLString };
    return isInputObjectType(held) ? [here, ...membersOf(held, at, choice)] : [here];
  });
}

/** Those that are texts. */
function textsOf(type: GraphQLInputObjectType): Member[] {
  return membersOf(type).filter(({ isText }) => isText);
}

/** A row with something at a member, without the others of a choice. */
function rowWith({ path, choice }: Member, text: unknown, row: object): object {
  return withValue(row, path, text, choice);
}

function withValue(
  value: unknown,
  [name, ...rest]: readonly string[],
  held: unknown,
  choice?: number,
): object {
  const others = choice === 0 || typeof value !== 'object' ? {} : value;
  const before: unknown = (others as Readonly<Record<string, unknown>> | null)?.[name ?? ''];
  const left = choice === undefined ? undefined : choice - 1;
  const whole = rest.length === 0 ? held : withValue(before, rest, held, left);
  return name === '0' ? [whole] : { ...others, [name ?? '']: whole };
}

await Promise.all(providers.map(({ load }) => load()));
const schema = assembleSchema();

/** The kinds of jobs whose rows callers give, and the types of the rows. */
const kinds = jobOperations().flatMap(name => {
  const kind = jobKindOf(name);
  return kind && 'check' in kind
    ? [[name, schema.getType(kind.rowType) as GraphQLInputObjectType] as const]
    : [];
});

/** The words of the enums among some members, each alone. */
function wordsOf(fields: GraphQLInputFieldMap): object[] {
  return Object.values(fields).flatMap(({ name, type }) => {
    const held = getNamedType(type);
    return isEnumType(held) ? held.getValues().map(word => ({ [name]: word.name })) : [];
  });
}

it.each(kinds)('%s: the check asks about each change that a row may take', async (name, type) => {
  const { input, row } = right[name] ?? expect.fail(`Say what a right row of ${name} is.`);
  const asked = vi.spyOn(checkOnly, 'recall');
  const stem = type.name.replace(/Row$/, '');
  const inputs = wordsOf((schema.getType(`${stem}Input`) as GraphQLInputObjectType).getFields());
  const words = wordsOf(type.getFields());
  const rows = [{}, ...words].map((each, at) => ({ ...row(at), ...each }));
  for (const each of [{}, ...inputs])
    await askForJob(gateway, name, {
      ...input,
      ...each,
      dryRun: true,
      skipInvalidRows: true,
      source: { rows },
    });
  const changes = new Set(
    asked.mock.calls.flatMap(([{ name: of, effect }]) => (effect === 'read' ? [] : [of])),
  );
  const declared = jobKindOf(name)?.operation.aws ?? [];
  expect([...changes].toSorted()).toEqual(
    declared.flatMap(({ name: of, effect }) => (effect === 'read' ? [] : [of])).toSorted(),
  );
});

it.each(kinds)('%s: no row is performed in which a text is wrong', async (name, type) => {
  const { input, row } = right[name] ?? expect.fail(`Say what a right row of ${name} is.`);
  const cases = textsOf(type).flatMap(member => texts.map(text => ({ member, text })));
  const rows = cases.map(({ member, text }, at) => rowWith(member, text, row(at)));
  const job = await runJob(gateway, name, { ...input, source: { rows }, skipInvalidRows: true });
  const told = cases.map(({ member: { path, choice }, text }, at) => {
    const { outcome, error } = job.rows[at];
    const issues: readonly { readonly path: readonly string[] }[] = error?.issues ?? [];
    return {
      member: path.join('.'),
      text: text.slice(0, 3),
      isReference: choice !== undefined,
      outcome,
      error: error?.__typename,
      at: [...new Set(issues.map(issue => issue.path.join('.')))],
    };
  });
  expect(told.filter(({ outcome, error }) => outcome !== 'INVALID' && error === 'InvalidInputError')).toEqual(
    [],
  );
  const wrong = told.filter(({ isReference, outcome }) => isReference || outcome === 'INVALID');
  expect(wrong).not.toEqual([]);
  expect(wrong).toEqual(
    wrong.map(each => ({ ...each, outcome: 'INVALID', error: 'InvalidInputError', at: [each.member] })),
  );
});

/** The issues of each row of a job whose rows are in a file, and none of which is right. */
async function issuesOf(name: string, input: object, rows: readonly object[]): Promise<string[][]> {
  const text = rows.map(row => `${JSON.stringify(row)}\n`).join('');
  const asked = await askWithFile(gateway, name, input, { format: 'ndjson', text });
  const job = await endOfJob(gateway, asked.job.id);
  expect(job.state).toBe('INVALID');
  return job.rows.map(({ outcome, error }: { outcome: string; error: { issues: { message: string }[] } }) =>
    outcome === 'INVALID' ? error.issues.map(({ message }) => message) : [],
  );
}

it.each(kinds)(
  '%s: a member that is none of its type is told once, and so is all else that is wrong with the row',
  async (name, type) => {
    const { input, row } = right[name] ?? expect.fail(`Say what a right row of ${name} is.`);
    const unknown = /^nickname2 is unknown: right would be one of /;
    const wrongTexts = textsOf(type).flatMap(member => texts.map(text => ({ member, text })));
    const byTexts = wrongTexts.map(({ member, text }, at) => rowWith(member, text, row(at)));
    const wrong = byTexts.map(each => ({ ...each, nickname2: 'x' }));
    const told = await issuesOf(name, input, byTexts);
    const toldMore = await issuesOf(name, input, wrong);
    expect(toldMore.map(([first]) => first)).toEqual(wrong.map(() => expect.stringMatching(unknown)));
    expect(toldMore.map(([, ...others]) => others)).toEqual(told);

    const members = membersOf(type);
    const none = await issuesOf(
      name,
      input,
      members.map((member, at) => rowWith(member, [['x']], row(at))),
    );
    const paths = none.map(issues => issues.map(message => message.split(' ')[0]));
    expect(paths).toEqual(members.map(({ path }) => [path.join('.')]));
  },
);

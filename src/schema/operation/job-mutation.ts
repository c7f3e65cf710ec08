/**
 * One declaration for each kind of bulk job: its mutation, whose success is the job, and what is done for each row.
 *
 * The order of a declaration's members matters to the compiler: `row` and `input` before what takes them.
 */
import type { InputFieldMap, InputShapeFromFields } from '@pothos/core';
import type { GraphQLInputObjectType, GraphQLSchema } from 'graphql';
import { invalidInput, issueAt } from '../../errors.ts';
import type { GivenRow, JobRecord } from '../../jobs/index.ts';
import { type JobKind, registerJobKind } from '../../jobs/job-kind.ts';
import { readRows } from '../../jobs/rows/index.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { Job, jobsOf } from '../jobs/job.ts';
import type { InputBuilder } from './mutation.ts';
import { observed } from './observed.ts';
import { requireScope } from './permission.ts';
import { type ApiOperation, type Declaration, register, type Scope } from './registry.ts';
import { resultUnion } from './result.ts';

interface JobDeclaration<
  RowFields extends InputFieldMap,
  Fields extends InputFieldMap,
  Options extends object,
> extends Omit<Declaration, 'batch' | 'calls'> {
  /** What the input says, and where that is: "The users to import", "into an identity store". */
  readonly inputDescription: readonly [what: string, where: string];
  readonly rowDescription: string;
  readonly row: (t: InputBuilder) => RowFields;
  /** What holds for all rows. */
  readonly input: (t: InputBuilder) => Fields;
  /** Makes of it what rows are performed with; it is kept as long as the job. */
  readonly options: (input: InputShapeFromFields<Fields>, context: Context) => Options;
  /** What callers need besides the scope, when they ask for it so. */
  readonly furtherScopes?: (options: NoInfer<Options>) => readonly Scope[];
  readonly check: JobKind<InputShapeFromFields<RowFields>, NoInfer<Options>>['check'];
  readonly plan?: JobKind<InputShapeFromFields<RowFields>, NoInfer<Options>>['plan'];
  readonly brake?: JobKind<InputShapeFromFields<RowFields>, NoInfer<Options>>['brake'];
  readonly perform: JobKind<InputShapeFromFields<RowFields>, NoInfer<Options>>['perform'];
}

/** Where rows come from: exactly one of these. */
interface Source {
  readonly rows?: readonly object[] | null;
  readonly csv?: string | null;
  readonly ndjson?: string | null;
}

/** What every such input has. */
interface Asked {
  readonly source: Source;
  readonly dryRun?: boolean | null;
  readonly skipInvalidRows?: boolean | null;
  readonly idempotencyKey?: string | null;
}

interface Given {
  readonly asked: Asked;
  readonly schema: GraphQLSchema;
}

/** Declares a kind of bulk job. */
export function jobMutation<
  RowFields extends InputFieldMap,
  Fields extends InputFieldMap,
  Options extends object,
>(name: string, declaration: JobDeclaration<RowFields, Fields, Options>): ApiOperation {
  const { description, inputDescription, scope } = declaration;
  const [what, where] = inputDescription;
  const stem = name.charAt(0).toUpperCase() + name.slice(1);
  const rowType = `${stem}Row`;
  const result = resultUnion<{ readonly job: JobRecord }>(`${stem}Result`, {
    aws: [],
    meanings: ['idempotencyMismatch'],
    description: `What can come of \`${name}\`.`,
    successName: `${stem}Success`,
    successDescription:
      'Returned when the rows were received and checked; the job tells what they have come to, and whether any have faults.',
    success: t => ({
      job: t.expose('job', { type: Job, nullable: false, description: 'The job.' }),
    }),
  });
  const operation = register('job', `Mutation.${name}`, { ...declaration, calls: 0 }, result.errors);
  const row = builder.inputType(rowType, {
    description: declaration.rowDescription,
    fields: (t): InputFieldMap => declaration.row(t),
  });
  const source = builder.inputType(`${stem}Source`, {
    description: `Where the rows of \`${name}\` come from: exactly one of these.`,
    isOneOf: true,
    fields: t => ({
      rows: t.field({ type: [row], description: 'The rows themselves.' }),
      csv: t.field({
        type: 'Upload',
        description: `A file of comma-separated values (RFC 4180, UTF-8). Its first line names a member of \`${rowType}\` for each column, as \`name.givenName\` or \`emails.0.value\`; an empty cell leaves the member out.`,
      }),
      ndjson: t.field({
        type: 'Upload',
        description: `A file with a JSON object on each line, which is a \`${rowType}\`.`,
      }),
    }),
  });
  const input = builder.inputType(`${stem}Input`, {
    description: `${what} ${where}.`,
    fields: (t): InputFieldMap => ({
      ...declaration.input(t),
      source: t.field({ type: source, required: true, description: 'Where the rows come from.' }),
      dryRun: t.boolean({
        defaultValue: false,
        description: 'Whether only to tell what would be done.',
      }),
      skipInvalidRows: t.boolean({
        defaultValue: false,
        description:
          'Whether rows with faults are left out. Otherwise nothing is done as long as a row has one.',
      }),
      idempotencyKey: t.string({
        description:
          'Makes it safe to repeat the request: a repeat with the same key and input gives the same job, as long as that is kept.',
      }),
    }),
  });
  const kind: JobKind<InputShapeFromFields<RowFields>, Options> = { ...declaration, operation, rowType };
  registerJobKind(kind);

  async function run({ asked, schema }: Given, context: Context): Promise<{ readonly job: JobRecord }> {
    requireScope(context, scope);
    const options = declaration.options(asked as never, context);
    for (const further of declaration.furtherScopes?.(options) ?? []) requireScope(context, further);
    const { idempotencyKey: key, ...rest } = asked;
    const { uploads } = context;
    const { job, isReplay } = await jobsOf(context).submit(
      {
        kind: kind as unknown as JobKind,
        options,
        rows: rowsOf(asked.source, schema.getType(rowType) as GraphQLInputObjectType, context),
        dryRun: asked.dryRun ?? false,
        skipInvalid: asked.skipInvalidRows ?? false,
        key: key ?? undefined,
        input: { input: rest, files: uploads && Object.fromEntries(uploads) },
      },
      context,
    );
    if (key != null) context.replayed = { ...context.replayed, [name]: isReplay };
    return { job };
  }

  builder.mutationField(name, t =>
    t.field({
      type: result.type,
      description,
      args: { input: t.arg({ type: input, required: true, description: `${what}.` }) },
      resolve: (_root, args, context, { schema }): Promise<object> => {
        context.mutation = name;
        const given = { asked: args.input as unknown as Asked, schema };
        return observed(operation, context, result.settle, run, given, context);
      },
    }),
  );
  return operation;
}

/** The rows of a source. */
function rowsOf(
  { rows, csv, ndjson }: Source,
  type: GraphQLInputObjectType,
  context: Context,
): AsyncIterable<GivenRow> | Iterable<GivenRow> {
  if (rows) {
    if (rows.length === 0) throw invalidInput([issueAt(['input', 'source', 'rows'], 'must not be empty')]);
    return rows.map(value => ({ line: null, value }));
  }
  const member = csv == null ? 'ndjson' : 'csv';
  const bytes = context.upload(csv ?? ndjson ?? '');
  if (!bytes)
    throw invalidInput([issueAt(['input', 'source', member], 'must be a file that comes with the request')]);
  const format = member === 'csv' ? 'CSV' : 'NDJSON';
  const { maxRows } = jobsOf(context);
  return fileRows(readRows({ format, bytes }, type, context.principal.id, { maxRows }));
}

async function* fileRows(rows: ReturnType<typeof readRows>): AsyncIterable<GivenRow> {
  for await (const { line, value, faults } of rows) {
    yield { line, value, error: faults.length > 0 ? invalidInput(faults) : undefined };
  }
}

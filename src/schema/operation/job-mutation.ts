/**
 * One declaration for each kind of bulk job whose rows the caller gives: its mutation, and what is done for each row.
 *
 * The order of a declaration's members matters to the compiler: `row`, `input` and `options` come before what takes them.
 */
import type { InputFieldMap, InputShapeFromFields } from '@pothos/core';
import type { GraphQLInputObjectType } from 'graphql';
import { InvalidInputError, invalidInput, issueAt, movedInput } from '../../errors.ts';
import type { GivenRow } from '../../jobs/index.ts';
import { type ImportKind, registerJobKind } from '../../jobs/job-kind.ts';
import { DEFAULT_LIMITS, type NeedsEnd, readRows, tooManyRows } from '../../jobs/rows/index.ts';
import { turns } from '../../turns.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { jobsOf } from '../jobs/job.ts';
import { type JobFacts, jobField, stemOf } from './job-field.ts';
import type { InputBuilder } from './mutation.ts';
import type { ApiOperation, Scope } from './registry.ts';

interface JobDeclaration<
  RowFields extends InputFieldMap,
  Fields extends InputFieldMap,
  Options extends object,
> extends JobFacts,
    Omit<ImportKind<InputShapeFromFields<RowFields>, NoInfer<Options>>, 'operation' | 'rowType'> {
  readonly rowDescription: string;
  readonly row: (t: InputBuilder) => RowFields;
  /** What holds for all rows. */
  readonly input: (t: InputBuilder) => Fields;
  /** Makes of it what rows are performed with; it is kept as long as the job. */
  readonly options: (input: InputShapeFromFields<Fields>, context: Context) => Options;
  /** What callers need besides the scope, when they ask for it so. */
  readonly furtherScopes?: (options: NoInfer<Options>) => readonly Scope[];
}

const longestRow = `${DEFAULT_LIMITS.maxRowBytes.toLocaleString('en')} bytes`;

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
}

/** Declares such a kind. */
export function jobMutation<
  RowFields extends InputFieldMap,
  Fields extends InputFieldMap,
  Options extends object,
>(name: string, declaration: JobDeclaration<RowFields, Fields, Options>): ApiOperation {
  const { rowDescription, options, furtherScopes = () => [] } = declaration;
  const stem = stemOf(name);
  const rowType = `${stem}Row`;
  const row = builder.inputType(rowType, {
    description: rowDescription,
    fields: (t): InputFieldMap => declaration.row(t),
  });
  const source = builder.inputType(`${stem}Source`, {
    description: `Where the rows of \`${name}\` come from: exactly one of these.`,
    isOneOf: true,
    fields: t => ({
      rows: t.field({ type: [row], description: 'The rows themselves.' }),
      csv: t.field({
        type: 'Upload',
        description: `A file of comma-separated values (RFC 4180, UTF-8). Its first line names a member of \`${rowType}\` for each column, as \`name.givenName\` or \`emails.0.value\`; an empty cell leaves the member out. A row may have ${longestRow}.`,
      }),
      ndjson: t.field({
        type: 'Upload',
        description: `A file with a JSON object on each line, which is a \`${rowType}\`. A line may have ${longestRow}.`,
      }),
    }),
  });
  const operation = jobField(name, {
    ...declaration,
    furtherScopes,
    input: (t): InputFieldMap => ({
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
    }),
    request: (asked: Asked, context, schema) => {
      const wanted = options(asked as never, context);
      const type = schema.getType(rowType) as GraphQLInputObjectType;
      const needsEnd: NeedsEnd = each => kind.needsEnd(each as never, wanted);
      return {
        kind: kind as unknown as ImportKind,
        options: wanted,
        rows: rowsOf(asked.source, { type, needsEnd }, context),
        dryRun: asked.dryRun ?? false,
        skipInvalid: asked.skipInvalidRows ?? false,
      };
    },
  });
  const { identity, moves, check, needsEnd, plan, brake, recheck, perform } = declaration;
  const kind = { operation, rowType, identity, moves, check, needsEnd, plan, brake, recheck, perform };
  registerJobKind(kind);
  return operation;
}

/** The rows of a source. */
function rowsOf(
  { rows, csv, ndjson }: Source,
  { type, needsEnd }: { readonly type: GraphQLInputObjectType; readonly needsEnd: NeedsEnd },
  context: Context,
): AsyncIterable<GivenRow> {
  const { maxRows } = jobsOf(context);
  const { id: principal } = context.principal;
  if (rows) {
    const path = ['source', 'rows'];
    if (rows.length === 0) throw invalidInput([issueAt(path, 'must not be empty')]);
    if (rows.length > maxRows) throw invalidInput([{ path, message: tooManyRows(maxRows) }]);
    return listedRows(rows, principal);
  }
  const member = csv == null ? 'ndjson' : 'csv';
  const bytes = context.upload(csv ?? ndjson ?? '');
  if (!bytes) throw invalidInput([issueAt(['source', member], 'must be a file that comes with the request')]);
  const format = member === 'csv' ? 'CSV' : 'NDJSON';
  return fileRows(readRows({ format, bytes, needsEnd }, type, principal, { maxRows }), member);
}

async function* listedRows(rows: readonly object[], principal: string): AsyncIterable<GivenRow> {
  for (const value of rows) {
    await turns.take(principal);
    yield { line: null, value };
  }
}

/** @param member Where the file was given: what is wrong with it as a whole is told of that. */
async function* fileRows(rows: ReturnType<typeof readRows>, member: string): AsyncIterable<GivenRow> {
  try {
    for await (const { line, value, faults, remains } of rows)
      yield value ? { line, value } : { line, faults, ...remains };
  } catch (error) {
    throw error instanceof InvalidInputError ? movedInput(error, [[[], ['source', member]]]) : error;
  }
}

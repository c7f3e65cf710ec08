/** The field of Mutation that asks for a bulk job, and its union: the job is its success. */
import type { InputFieldMap } from '@pothos/core';
import type { GraphQLSchema } from 'graphql';
import { idempotencyKeyIssues, ownKeyForm } from '../../adapter/idempotency-key.ts';
import { unsendableIn } from '../../adapter/unsendable.ts';
import { invalidInput } from '../../errors.ts';
import type { JobRecord, JobRequest } from '../../jobs/index.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { Job, jobsOf } from '../jobs/job.ts';
import type { InputBuilder } from './mutation.ts';
import { observed } from './observed.ts';
import { requireScope } from './permission.ts';
import { type ApiOperation, type Declaration, register, type Scope } from './registry.ts';
import { resultUnion } from './result.ts';

/** What every declaration of a job says. */
export interface JobFacts extends Omit<Declaration, 'batch' | 'calls'> {
  /** What the input says, and where that is: "The users to import", "into an identity store". */
  readonly inputDescription: readonly [what: string, where: string];
}

interface JobField extends JobFacts {
  readonly input: (t: InputBuilder) => InputFieldMap;
  /** What callers need besides the scope, when they ask for it so. */
  readonly furtherScopes: (options: never) => readonly Scope[];
  /** What is asked for. */
  readonly request: (
    asked: never,
    context: Context,
    schema: GraphQLSchema,
  ) => Omit<JobRequest, 'key' | 'input'>;
}

interface Asked {
  readonly idempotencyKey?: string | null;
  /** The rows, of which each is checked by itself. */
  readonly source?: object;
}

interface Given {
  readonly asked: Asked;
  readonly schema: GraphQLSchema;
  /** What the answer calls the field. */
  readonly responseName: string;
}

export function stemOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function jobField(name: string, declaration: JobField): ApiOperation {
  const { description, inputDescription, scope, furtherScopes, request } = declaration;
  const [what, where] = inputDescription;
  const stem = stemOf(name);
  const result = resultUnion<{ readonly job: JobRecord }>(`${stem}Result`, {
    aws: [],
    meanings: ['conflict', 'idempotencyMismatch'],
    description: `What can come of \`${name}\`.`,
    successName: `${stem}Success`,
    successDescription:
      'Returned when the job was taken in, and what was given checked; the job tells what it has come to, and whether any rows have faults.',
    success: t => ({
      job: t.expose('job', { type: Job, nullable: false, description: 'The job.' }),
    }),
  });
  const operation = register('job', `Mutation.${name}`, { ...declaration, calls: 0 }, result.errors);
  const input = builder.inputType(`${stem}Input`, {
    description: `${what} ${where}.`,
    fields: (t): InputFieldMap => ({
      ...declaration.input(t),
      idempotencyKey: t.string({
        description: `Makes it safe to repeat the request: a repeat with the same key and input gives the same job, as long as that is kept. ${ownKeyForm()}.`,
      }),
    }),
  });

  async function run(
    { asked, schema, responseName }: Given,
    context: Context,
  ): Promise<{ readonly job: JobRecord }> {
    requireScope(context, scope);
    checkBesideRows(asked);
    const wanted = request(asked as never, context, schema);
    for (const further of furtherScopes(wanted.options as never)) requireScope(context, further);
    const { idempotencyKey: key, ...rest } = asked;
    const { uploads } = context;
    const repeated = {
      key: key ?? undefined,
      input: { input: rest, files: uploads && Object.fromEntries(uploads) },
    };
    const { job, isReplay } = await jobsOf(context).submit({ ...wanted, ...repeated }, context);
    if (key != null) context.replayed = { ...context.replayed, [responseName]: isReplay };
    return { job };
  }

  builder.mutationField(name, t =>
    t.field({
      type: result.type,
      description,
      args: { input: t.arg({ type: input, required: true, description: `${what}.` }) },
      resolve: (_root, args, context, { schema, path }): Promise<object> => {
        context.mutation = name;
        const given = { asked: args.input as Asked, schema, responseName: String(path.key) };
        return observed(operation, context, result.settle, run, given, context);
      },
    }),
  );
  return operation;
}

/** @throws InvalidInputError for what holds for all rows, where it cannot be kept, and for a key that is none. */
function checkBesideRows(asked: Asked): void {
  const { idempotencyKey: key, source: _, ...options } = asked;
  const issues = [...unsendableIn(options).issues, ...(key == null ? [] : idempotencyKeyIssues(key))];
  if (issues.length > 0) throw invalidInput(issues);
}

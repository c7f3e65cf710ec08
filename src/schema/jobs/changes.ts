/** What can be done with a bulk job: it can be cancelled, and what did not succeed can be tried again. */
import type { Meaning } from '../../adapter/exceptions.ts';
import { AccessDeniedError, ConflictError, invalidInput, issueAt } from '../../errors.ts';
import { JOBS_MANAGE, type JobRecord } from '../../jobs/index.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { decodeGlobalId } from '../global-id.ts';
import { observed } from '../operation/observed.ts';
import { register } from '../operation/registry.ts';
import { resultUnion } from '../operation/result.ts';
import { Job, jobsOf, missingJob } from './job.ts';

interface JobChange {
  readonly description: string;
  readonly inputDescription: string;
  readonly successDescription: `Returned when ${string}.`;
  /** Changes the job; false when its state does not allow that. */
  readonly change: (id: string, context: Context) => Promise<boolean>;
  /** Why it was not changed. */
  readonly refusal: string;
}

const meanings: readonly Meaning[] = ['conflict', 'notFound'];

function jobChange(name: string, declaration: JobChange): void {
  const { description, inputDescription, successDescription, change, refusal } = declaration;
  const stem = name.charAt(0).toUpperCase() + name.slice(1);
  const result = resultUnion<{ readonly job: JobRecord }>(`${stem}Result`, {
    aws: [],
    meanings,
    description: `What can come of \`${name}\`.`,
    successName: `${stem}Success`,
    successDescription,
    success: t => ({
      job: t.expose('job', { type: Job, nullable: false, description: 'The job as it is now.' }),
    }),
  });
  const operation = register(
    'jobChange',
    `Mutation.${name}`,
    { description, scope: JOBS_MANAGE, aws: [] },
    result.errors,
  );
  const input = builder.inputType(`${stem}Input`, {
    description: inputDescription,
    fields: t => ({
      id: t.id({ required: true, description: 'The global id of the job.' }),
    }),
  });
  async function run(globalId: string, context: Context): Promise<{ readonly job: JobRecord }> {
    const before = await ownJob(globalId, context);
    const what = { provider: operation.provider, operation: stem, ids: { jobId: before.id } };
    await context.audited(what, async () => {
      if (await change(before.id, context)) return;
      throw new ConflictError({ message: refusal, reason: 'INCONSISTENT_STATE' });
    });
    return { job: await ownJob(globalId, context) };
  }
  builder.mutationField(name, t =>
    t.field({
      type: result.type,
      description,
      args: { input: t.arg({ type: input, required: true, description: inputDescription }) },
      resolve: (_root, { input: { id } }, context): Promise<object> => {
        context.mutation = name;
        return observed(operation, context, result.settle, run, id, context);
      },
    }),
  );
}

/** A job that the caller may change. */
async function ownJob(globalId: string, context: Context): Promise<JobRecord> {
  const { typename, id = '' } = decodeGlobalId(globalId) ?? {};
  if (typename !== 'Job') throw invalidInput([issueAt(['id'], 'must be the global id of a job')]);
  const job = await jobsOf(context).find(id, context);
  if (!job) throw missingJob(id);
  const { principal } = context;
  if (job.caller === principal.id || principal.allows(JOBS_MANAGE)) return job;
  throw new AccessDeniedError({
    message: `The caller lacks the scope "${JOBS_MANAGE}", which the jobs of others take.`,
    scope: JOBS_MANAGE,
  });
}

jobChange('cancelJob', {
  description:
    'Cancels a bulk job. Rows that are under way are performed to their end, and those that were performed stay so. It takes what asking for the job took; the jobs of others take the scope `jobs:manage`, too.',
  inputDescription: 'The job to cancel.',
  successDescription: 'Returned when the job performs no further rows.',
  change: (id, context) => jobsOf(context).cancel(id, context),
  refusal: 'The job has ended already.',
});

jobChange('retryJob', {
  description:
    'Performs those rows of a bulk job again that did not succeed. What is known to be done already is not done twice; of rows whose outcome is unknown, it is found out first. A job that is FAILED goes on, and an export is made anew. It takes what asking for the job took, and the rows are performed in the name of who retries; the jobs of others take the scope `jobs:manage`, too.',
  inputDescription: 'The job to try again.',
  successDescription: 'Returned when its rows wait to be performed again.',
  change: (id, context) => jobsOf(context).retry(id, context),
  refusal: 'No row of the job can be performed again, or it has not ended yet.',
});

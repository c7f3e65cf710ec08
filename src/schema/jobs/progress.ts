/** `jobProgress`: a job as it goes on. */
import { invalidInput, issueAt } from '../../errors.ts';
import type { JobRecord } from '../../jobs/index.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { readsDatabase } from '../database-reads.ts';
import { decodeGlobalId } from '../global-id.ts';
import { Job, jobsOf, missingJob } from './job.ts';

async function progressOf(globalId: string, context: Context): Promise<AsyncIterableIterator<JobRecord>> {
  const { typename, id = '' } = decodeGlobalId(globalId) ?? {};
  if (typename !== 'Job') throw invalidInput([issueAt(['id'], 'must be the global id of a job')]);
  const jobs = await jobsOf(context).watch(id, context);
  if (jobs) return jobs;
  throw missingJob(id);
}

builder.subscriptionType({
  description:
    'What goes on, told as it does: over server-sent events, by the protocol "GraphQL over SSE" in its mode of distinct connections. Ask for it with the header `accept: text/event-stream`.',
  fields: t => ({
    jobProgress: t.field({
      type: Job,
      nullable: true,
      description:
        'A bulk job: as it is now, then as often as it has changed, twice a second at most, until it ends. Whoever asks again is told the newest state.',
      extensions: readsDatabase(2),
      args: { id: t.arg.id({ required: true, description: 'The global id of the job.' }) },
      subscribe: (_root, { id }, context) => progressOf(id, context),
      resolve: job => job,
    }),
  }),
});

/** What the schema shows of bulk jobs. */
import { NotFoundError } from '../../errors.ts';
import { hasEnded, JOB_ID, JOBS_READ, type JobRecord, type Jobs, type RowRecord } from '../../jobs/index.ts';
import type { Thing } from '../../jobs/job-kind.ts';
import { errorOf } from '../../jobs/row-error.ts';
import { builder, ID_DESCRIPTION } from '../builder.ts';
import { connectionType } from '../connection.ts';
import type { Context } from '../context.ts';
import { readsDatabase, readsDatabaseTogether } from '../database-reads.ts';
import { ErrorInterface, Refused } from '../errors.ts';
import { encodeGlobalId } from '../global-id.ts';
import { registerNode } from '../nodes.ts';
import type { ArgBuilder } from '../operation/query.ts';
import { readsObjectAlone } from '../plain-fields.ts';
import { storedArgs, storedConnection } from '../stored-connection.ts';

/** The jobs of the gateway. */
export function jobsOf({ gateway }: Context): Jobs {
  if (!gateway.jobs) throw new Error('This gateway has no jobs.');
  return gateway.jobs;
}

const JobState = builder.enumType('JobState', {
  description: 'How far a bulk job is.',
  values: {
    INVALID: { description: 'Some rows have faults, so that nothing was done. `rows` tells them.' },
    PLANNED: { description: 'It was a dry run: `rows` tells what would be done, and nothing was.' },
    QUEUED: {
      description:
        'It waits for its turn: for its first, or for another, when it gave its worker to a job of somebody else.',
    },
    RUNNING: { description: 'Its rows are performed, as fast as the quotas of AWS allow.' },
    STOPPED: {
      description:
        'A brake has stopped it before any of its rows was performed that waited; `reason` tells why. It cannot be tried again, but be asked for anew.',
    },
    FAILED: {
      description:
        'It could not go on, because what it had to read was refused, or did not come for some minutes; `error` tells why. `retryJob` goes on with it, and makes an export anew.',
    },
    CANCELLING: {
      description: 'It was cancelled; the rows under way come to their end, and what was sent is found out.',
    },
    CANCELLED: { description: 'It was cancelled before all rows were performed.' },
    COMPLETED: { description: 'Every row has its outcome.' },
  },
});

const JobResultsFormat = builder.enumType('JobResultsFormat', {
  description: 'How the results of a bulk job are written.',
  values: {
    CSV: {
      value: 'csv' as const,
      description:
        'Comma-separated values (RFC 4180) in UTF-8, for spreadsheets: with a byte-order mark, and an apostrophe at the beginning of a cell that they would take for a formula. Those of an export have neither, for an import reads them back: open them with all columns as texts.',
    },
    NDJSON: { value: 'ndjson' as const, description: 'A JSON object on each line, for programs.' },
  },
});

const rowStates = {
  INVALID: { description: 'It has faults; nothing is done for it.' },
  PLANNED: { description: 'It would be done, and was not, because the job was a dry run.' },
  WAITING: { description: 'It is not done yet.' },
  SUCCEEDED: { description: 'It was done.' },
  FAILED: { description: 'It was refused or failed, and nothing was done of what failed.' },
  UNKNOWN: {
    description: 'It may have been done or not: the answer of AWS was lost. `retryJob` finds it out.',
  },
  CANCELLED: { description: 'The job was cancelled, was stopped, failed or had faults before it was done.' },
};

const JobRowOutcome = builder.enumType('JobRowOutcome', {
  description: 'What came of a row of a bulk job.',
  values: rowStates,
});

const JobRowAction = builder.enumType('JobRowAction', {
  description: 'What is done for a row of a bulk job.',
  values: {
    EXPORT: { description: 'The thing is a row of an export.' },
    CREATE: { description: 'The thing is created.' },
    UPDATE: { description: 'The thing, which exists, is changed.' },
    SKIP: { description: 'The thing exists, and is left as it is.' },
    DELETE: { description: 'The thing is deleted.' },
    ADD: { description: 'The user is made a member of the group.' },
    REMOVE: { description: 'The user is taken out of the group.' },
  },
});

const JobRow = builder.objectRef<RowRecord>('JobRow').implement({
  description: 'A row of a bulk job.',
  fields: t => ({
    position: t.exposeInt('position', {
      nullable: false,
      description: 'The place of the row among all rows, from 0.',
    }),
    line: t.exposeInt('line', {
      description: 'The line of the file on which the row begins, from 1; null when the rows came as a list.',
    }),
    outcome: t.field({
      type: JobRowOutcome,
      nullable: false,
      description: 'What came of it.',
      resolve: row => row.state,
    }),
    action: t.field({
      type: JobRowAction,
      description: 'What was done, or would be; null as long as that is not known.',
      resolve: row => row.action as never,
    }),
    thingId: t.id({
      description:
        'The global id of what it was done to, which `node` finds; null when there is none, or it is not known yet.',
      resolve: row => {
        const thing = row.thing as Thing | null;
        return thing && encodeGlobalId(thing.type, thing.key);
      },
    }),
    error: t.field({
      type: ErrorInterface,
      description:
        'Why it is not done; null when it is, or may be yet. Of what is wrong with a row that is `INVALID`, the first 20 issues and some 4 KiB are kept; `message` tells how many more there are at least.',
      resolve: row => (row.error === null ? null : new Refused(errorOf(row.error))),
    }),
  }),
});

const JobRows = connectionType(JobRow, 'Rows of a bulk job');

interface Counts {
  readonly [state: string]: number | undefined;
}

const JobCounts = builder.objectRef<Counts>('JobCounts').implement({
  description: 'How many rows of a bulk job there are of each outcome.',
  fields: t => ({
    total: t.int({
      nullable: false,
      description: 'All rows.',
      resolve: counts => Object.values(counts).reduce<number>((sum, count = 0) => sum + count, 0),
    }),
    ...Object.fromEntries(
      Object.entries(rowStates).map(([state, { description }]) => [
        state.toLowerCase(),
        t.int({
          nullable: false,
          description: `Rows with the outcome ${state}. ${description}`,
          resolve: counts => counts[state] ?? 0,
        }),
      ]),
    ),
  }),
});

export const Job = builder.objectRef<JobRecord>('Job').implement({
  description:
    'A bulk job: many rows, which are checked together, and performed one by one at the speed of AWS. It outlives the request, the connection and the process of the gateway.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: t => ({
    id: t.id({
      nullable: false,
      description: ID_DESCRIPTION,
      resolve: globalIdOf,
      extensions: readsObjectAlone,
    }),
    jobId: t.exposeString('id', {
      nullable: false,
      description: 'The id without its type, as addresses have it.',
    }),
    operation: t.exposeString('operation', {
      nullable: false,
      description: 'The mutation that asked for it, such as `importIdentityStoreUsers`.',
    }),
    state: t.field({
      type: JobState,
      nullable: false,
      description: 'How far it is.',
      resolve: job => job.state as never,
    }),
    reason: t.exposeString('reason', { description: 'Why a brake has stopped it; null unless one has.' }),
    error: t.field({
      type: ErrorInterface,
      description: 'Why it failed as a whole; null unless its state is FAILED. Errors of rows are theirs.',
      resolve: job => (job.error === null ? null : new Refused(errorOf(job.error))),
    }),
    dryRun: t.exposeBoolean('dryRun', {
      nullable: false,
      description: 'Whether it only tells what it would do.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was asked for.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When its first row was begun.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      description: 'When it ended; null as long as it has not.',
    }),
    counts: t.field({
      type: JobCounts,
      nullable: false,
      description: 'How many rows have come to what.',
      extensions: readsDatabaseTogether,
      resolve: async (job, _args, context) => (await jobsOf(context).progress(job, context)).counts,
    }),
    rowsPerSecond: t.float({
      nullable: false,
      description:
        'How many rows a second came to an outcome in the last ten seconds, or since the work on the job began.',
      extensions: readsDatabaseTogether,
      resolve: async (job, _args, context) => (await jobsOf(context).progress(job, context)).rowsPerSecond,
    }),
    estimatedEnd: t.field({
      type: 'DateTime',
      description: 'When it will have ended if it goes on at this rate; null when it has, or nothing moves.',
      extensions: readsDatabaseTogether,
      resolve: async (job, _args, context) => {
        if (hasEnded(job.state)) return null;
        const { counts, rowsPerSecond } = await jobsOf(context).progress(job, context);
        if (rowsPerSecond === 0) return null;
        return new Date(Date.now() + ((counts.WAITING ?? 0) / rowsPerSecond) * 1_000);
      },
    }),
    resultsUrl: t.string({
      description:
        'Where a file with the outcome of each row is, or of an export its rows as the import reads them, unaltered; relative to the address of this API. Null until the job has ended, and of an export unless it is COMPLETED. It is good for an hour, without a token: whoever is given it can read the results.',
      args: {
        format: t.arg({
          type: JobResultsFormat,
          required: true,
          defaultValue: 'csv',
          description: 'How the file is written.',
        }),
      },
      resolve: (job, { format }, context) => jobsOf(context).resultsUrl(job, format, context),
    }),
    rows: t.field({
      type: JobRows,
      nullable: false,
      description: 'Its rows, in the order in which they were given.',
      extensions: readsDatabase(),
      args: {
        outcome: t.arg({ type: [JobRowOutcome], description: 'Only rows with one of these outcomes.' }),
        ...storedArgs(t.arg as unknown as ArgBuilder),
      },
      resolve: (job, { outcome, ...args }, context) =>
        storedConnection(args, { ...rowPlaces, identity: ['Job.rows', job.id, outcome] }, (limit, after) =>
          jobsOf(context).rows(
            job.id,
            limit,
            { ...(after !== undefined && { after: Number(after) }), states: outcome ?? undefined },
            context,
          ),
        ),
    }),
  }),
});

const rowPlaces = { placeOf: ({ position }: RowRecord) => String(position), place: /^\d{1,9}$/ };

export function globalIdOf({ id }: Pick<JobRecord, 'id'>): string {
  return encodeGlobalId('Job', id);
}

/** Why there is no job for the caller, whether there is one or not. */
export function missingJob(id: string): NotFoundError {
  return new NotFoundError({ message: 'There is no such job.', resourceType: 'JOB', resourceId: id });
}

registerNode(
  'Job',
  (id, context) =>
    JOB_ID.test(id)
      ? jobsOf(context)
          .find(id, context)
          .then(job => job ?? null)
      : undefined,
  'database',
);

builder.queryField('jobs', t =>
  t.field({
    type: connectionType(Job, 'Bulk jobs'),
    nullable: true,
    description: `The bulk jobs that the caller asked for, and may ask for now, the newest first; with the scope \`${JOBS_READ}\` those of all callers, as far as the caller may ask for such. A job is kept for a week after its end unless the gateway is configured otherwise.`,
    extensions: readsDatabase(),
    args: storedArgs(t.arg as unknown as ArgBuilder),
    resolve: (_root, args, context) =>
      storedConnection(args, jobList, (limit, after) => jobsOf(context).list(limit, after, context)),
  }),
);

const jobList = { identity: ['Query.jobs'], placeOf: ({ id }: JobRecord) => id, place: JOB_ID } as const;

/** Examples of the gateway's own operations, which belong to no provider. */
import type { Examples } from './examples.ts';

const JOB = 'id operation state counts { total waiting succeeded failed }';

const needsJob =
  'a bulk job: start one, such as with the example of an export, and put its id in the place of JOB.';

/** @param served The examples of the providers that the gateway serves. */
export function ownExamples(served: Examples): Examples {
  const ids = Object.values(served).flatMap(({ finds }) => finds ?? []);
  return {
    providers: { args: {}, select: 'id name enabled region endpointKind notice', tab: true },
    node: { note: 'The id is that of a user.', args: { id: ids[0] }, select: 'type: __typename id' },
    nodes: { note: 'The ids are those of users.', args: { ids }, select: 'type: __typename id' },
    jobs: {
      note: 'Empty until somebody starts a bulk job.',
      args: { first: 10 },
      select: `edges { node { ${JOB} } }`,
    },
    jobProgress: { needs: needsJob, args: { id: 'JOB' }, select: JOB },
    cancelJob: { needs: needsJob, args: { input: { id: 'JOB' } }, select: `job { ${JOB} }` },
    retryJob: {
      needs: `${needsJob} It must have ended, with rows that did not succeed.`,
      args: { input: { id: 'JOB' } },
      select: `job { ${JOB} }`,
    },
    auditEvents: {
      needs:
        'a gateway that keeps the events of its audit trail, such as with AUDIT=stdout and AUDIT_EVENTS=database.',
      args: { first: 10 },
      select: 'edges { node { time kind principal mutation nativeIds outcome } }',
    },
  };
}

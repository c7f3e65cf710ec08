/** The `auditEvents` query: what was changed, by whom, and what came of it. */

import { unsendableIn } from '../adapter/unsendable.ts';
import type { AuditEventRecord, AuditEvents } from '../audit/events.ts';
import { AUDIT_READ } from '../auth/scopes.ts';
import { AccessDeniedError, invalidInput, ProviderFailureError } from '../errors.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import type { Context } from './context.ts';
import { requireScope } from './operation/permission.ts';
import type { ArgBuilder } from './operation/query.ts';
import { storedArgs, storedConnection } from './stored-connection.ts';

const AuditEventKind = builder.enumType('AuditEventKind', {
  description: 'Which moment of a change an event is of.',
  values: {
    INTENT: {
      value: 'intent',
      description:
        'It is about to be sent to AWS. Without an outcome, the process ended in between, and AWS has to be asked.',
    },
    OUTCOME: { value: 'outcome', description: 'It is known what it came to, as far as anybody can know.' },
  },
});

const AuditOutcome = builder.enumType('AuditOutcome', {
  description: 'What a change at AWS came to.',
  values: {
    SUCCESS: { value: 'success', description: 'It was made.' },
    REFUSED: { value: 'refused', description: 'Nothing was changed.' },
    UNKNOWN: { value: 'unknown', description: 'Nobody knows: the answer of AWS was lost.' },
  },
});

const AuditEvent = builder.objectRef<AuditEventRecord>('AuditEvent').implement({
  description:
    'Something that happened to a change at AWS. Of what callers send, it has nothing but the ids of AWS.',
  fields: t => ({
    time: t.expose('time', { type: 'DateTime', nullable: false, description: 'When it happened.' }),
    changeId: t.exposeString('change', {
      nullable: false,
      description: 'The id of the change; its intent and its outcome have the same.',
    }),
    kind: t.field({
      type: AuditEventKind,
      nullable: false,
      description: 'Which moment of the change it is.',
      resolve: ({ event }) => event as never,
    }),
    httpRequestId: t.exposeString('requestId', {
      nullable: false,
      description: 'The id of the request, as the log and the header `x-request-id` of the answer have it.',
    }),
    principal: t.exposeString('principal', {
      nullable: false,
      description: 'Who asked, as the log names callers.',
    }),
    mutation: t.exposeString('mutation', { description: 'The field of `Mutation`.' }),
    provider: t.exposeString('provider', { nullable: false, description: 'The id of the provider.' }),
    operation: t.exposeString('operation', {
      nullable: false,
      description: "AWS's name of the operation, such as `CreateUser`.",
    }),
    nativeIds: t.expose('ids', {
      type: 'JSONObject',
      nullable: false,
      description:
        "AWS's ids of what is changed, by the names of their members; in an outcome, those of AWS's answer too.",
    }),
    outcome: t.field({
      type: AuditOutcome,
      description: 'What it came to; null of an intent.',
      resolve: ({ outcome }) => outcome as never,
    }),
    settled: t.exposeBoolean('settled', {
      nullable: false,
      description: "Whether AWS's answer was lost, and the outcome was found out afterwards.",
    }),
    code: t.exposeString('code', { description: 'The code of the error that came of it.' }),
    providerCode: t.exposeString('providerCode', { description: "The name of AWS's exception." }),
    requestId: t.exposeString('awsRequestId', {
      description: "AWS's id of the call, to quote to AWS Support.",
    }),
  }),
});

const AuditEventFilter = builder.inputType('AuditEventFilter', {
  description: 'Which events of the audit trail are wanted: those for which all of this holds.',
  fields: t => ({
    principal: t.string({ description: 'Who asked for the change.' }),
    operation: t.string({ description: "AWS's name of the operation, such as `CreateUser`." }),
    nativeId: t.string({
      description: "One of AWS's ids in `nativeIds`, such as that of a user, a group or a collection.",
    }),
    outcome: t.field({
      type: AuditOutcome,
      description: 'What it came to; intents have come to nothing yet.',
    }),
    since: t.field({ type: 'DateTime', description: 'From this moment on.' }),
    until: t.field({ type: 'DateTime', description: 'Before this moment.' }),
  }),
});

const eventPlaces = { placeOf: ({ id }: AuditEventRecord) => id, place: /^[1-9]\d{0,17}$/ };

builder.queryField('auditEvents', t =>
  t.field({
    type: connectionType(AuditEvent, 'Events of the audit trail'),
    nullable: true,
    description: `What was changed at AWS, the newest first, by all gateways that share the database. It takes the scope \`${AUDIT_READ}\` and a caller that is not limited to some resources. An event is here a moment after the change was answered, and is kept for 90 days unless the gateway is configured otherwise.`,
    args: {
      filter: t.arg({ type: AuditEventFilter, description: 'Which of them; all without it.' }),
      ...storedArgs(t.arg as unknown as ArgBuilder),
    },
    resolve: (_root, { filter, ...args }, context) => {
      const events = eventsFor(context);
      const { issues } = unsendableIn(filter, ['filter']);
      if (issues.length > 0) throw invalidInput(issues);
      const list = { ...eventPlaces, identity: ['Query.auditEvents', filter ?? {}] } as const;
      return storedConnection(args, list, (limit, before) => events.list(limit, before, filter ?? {}));
    },
  }),
);

function eventsFor(context: Context): AuditEvents {
  requireScope(context, AUDIT_READ);
  if (context.principal.isBounded) {
    const message =
      'The caller is limited to some resources, and the events of the audit trail are of all of them.';
    throw new AccessDeniedError({ message });
  }
  const { auditEvents } = context.gateway;
  if (auditEvents) return auditEvents;
  throw new ProviderFailureError({
    message: 'This gateway keeps no events of the audit trail in a database: AUDIT_EVENTS is off.',
    retryable: false,
  });
}

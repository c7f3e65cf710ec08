/** Variables of the audit trail. */
import type { AuditConfig } from '../audit/index.ts';
import { StartupError } from '../startup-error.ts';
import { anyText, choice, optionalText, type ValuesOf, wholeNumber } from './variable.ts';

export const audit = {
  destination: optionalText(
    'AUDIT',
    anyText('`off`, `stdout`, or the path of a file'),
    'off with local AWS, else stdout',
    'Where each change is taken down, in lines of JSON, before it is sent to AWS and before it is answered.',
  ),
  fsync: choice(
    'AUDIT_FSYNC',
    ['off', 'on'],
    'off',
    '`on`: a line counts as written when the disk has it, so that it outlasts a crash of the machine; `off`: when the operating system has it.',
  ),
  events: optionalText(
    'AUDIT_EVENTS',
    {
      type: 'one of database, off',
      read: given => (given === 'database' || given === 'off' ? given : undefined),
    },
    'database with `DATABASE_URL` unless `AUDIT` is off, else off',
    '`database`: what is taken down is kept in the database as well, for `auditEvents`.',
  ),
  eventDays: wholeNumber(
    'AUDIT_EVENTS_DAYS',
    { min: 1, max: 36_500, fallback: 90 },
    'How many days the database keeps events of the audit trail.',
  ),
};

interface Surroundings {
  /** Whether AWS is the one that the gateway brings along. */
  readonly local: boolean;
  /** Whether the database is a server of its own. */
  readonly server: boolean;
}

/** @throws StartupError when events are to be kept of a trail that is not written. */
export function readAudit(
  { destination: given, fsync, events, eventDays }: ValuesOf<typeof audit>,
  { local, server }: Surroundings,
): AuditConfig {
  const destination = given ?? (local ? 'off' : 'stdout');
  const isOff = destination === 'off';
  if (events === 'database' && isOff) {
    throw new StartupError([
      'AUDIT_EVENTS=database keeps what the audit trail has, and AUDIT is off: set AUDIT=stdout, or the path of a file.',
    ]);
  }
  const keeps = (events ?? (server && !isOff ? 'database' : 'off')) === 'database';
  return { destination, durable: fsync === 'on', eventDays: keeps ? eventDays : undefined };
}

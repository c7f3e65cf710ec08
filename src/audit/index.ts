/** The gateway's audit trail: where it is written, by the configuration. */
import type { Logger } from 'pino';
import { StartupError } from '../startup-error.ts';
import type { AuditEvents } from './events.ts';
import { Lines } from './lines.ts';
import { AuditTrail } from './trail.ts';

export { AuditEvents } from './events.ts';
export type { AuditState, AuditTrail, Occasion } from './trail.ts';

export interface AuditConfig {
  /** `off`, `stdout`, or the path of a file. */
  readonly destination: string;
  readonly durable: boolean;
  /** How many days events are kept in the database, too; undefined when they are not. */
  readonly eventDays: number | undefined;
}

/**
 * Opens the audit trail; undefined when there is to be none.
 *
 * @param events Keeps its events in the database as well.
 * @throws StartupError when the file cannot be opened.
 */
export async function openAuditTrail(
  { destination, durable }: AuditConfig,
  logger: Logger,
  events?: AuditEvents,
): Promise<AuditTrail | undefined> {
  if (destination === 'off') return undefined;
  const lines = new Lines(destination === 'stdout' ? undefined : destination, durable);
  try {
    await lines.open();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartupError([`AUDIT=${JSON.stringify(destination)} cannot be opened for writing (${code}).`], {
      cause: error,
    });
  }
  return new AuditTrail(lines, logger, events);
}

/** The gateway's audit trail: where it is written, by the configuration. */
import type { Logger } from 'pino';
import { StartupError } from '../startup-error.ts';
import { Lines } from './lines.ts';
import { AuditTrail } from './trail.ts';

export type { AuditState, AuditTrail } from './trail.ts';

export interface AuditConfig {
  /** `off`, `stdout`, or the path of a file. */
  readonly destination: string;
  readonly durable: boolean;
}

/**
 * Opens the audit trail; undefined when there is to be none.
 *
 * @throws StartupError when the file cannot be opened.
 */
export async function openAuditTrail(
  { destination, durable }: AuditConfig,
  logger: Logger,
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
  return new AuditTrail(lines, logger);
}

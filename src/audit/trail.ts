/**
 * The audit trail: two lines of JSON for each call to AWS that changes something. The first, the intent, is written
 * before the call is sent, the second, the outcome, before the caller is answered. An intent without an outcome is of a
 * process that ended in between.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { ChangeEnd, IntendedChange } from '../adapter/audited.ts';
import { type NativeIds, nativeIdsIn } from '../adapter/native-ids.ts';
import type { AwsOperation } from '../adapter/operation.ts';
import type { Lines } from './lines.ts';

/** How often writing is tried again after it failed. */
const RETRY_MS = 1_000;

/** Who changes something, and on which occasion. */
export interface Occasion {
  /** The id of the request, as the log and the answer have it. */
  readonly requestId: string;
  readonly principal: string;
  /** The field of `Mutation` that runs. */
  readonly mutation: string | undefined;
}

/** What both lines of a change say. */
interface Facts extends Occasion {
  readonly id: string;
  readonly provider: string;
  readonly operation: string;
}

/** What writing the trail is at. */
export interface AuditState {
  /** How often it failed. */
  readonly failedWrites: number;
  /** How many events wait to be written. While there are any, nothing is changed. */
  readonly unwritten: number;
}

export class AuditTrail {
  readonly #lines: Lines;
  readonly #logger: Logger;
  /** The lines of outcomes that could not be written yet. While there are any, nothing more is changed. */
  #unwritten: string[] = [];
  #retry: NodeJS.Timeout | undefined;
  #failedWrites = 0;

  constructor(lines: Lines, logger: Logger) {
    this.#lines = lines;
    this.#logger = logger;
  }

  /**
   * Writes that a change is about to be sent.
   *
   * @param request In AWS's words.
   * @throws Error when it cannot be written.
   */
  async intend(occasion: Occasion, operation: AwsOperation, request: object): Promise<IntendedChange> {
    const { requestId, principal, mutation } = occasion;
    const { name, service } = operation;
    const facts = { id: randomUUID(), requestId, principal, mutation };
    const change = new WrittenChange(
      this,
      { ...facts, provider: service.provider, operation: name },
      operation,
      nativeIdsIn(service.model, operation.request, request),
    );
    if (this.#unwritten.length > 0) throw new Error('The audit trail has outcomes that are not written yet.');
    try {
      await this.#lines.write(change.line('intent', {}));
    } catch (error) {
      this.#failedWrites += 1;
      // The intent may stand in the file all the same, and must not look as if it had been sent.
      this.#keep(change.line('outcome', { outcome: 'refused', code: 'NOT_AUDITED' }), error as Error);
      throw error;
    }
    return change;
  }

  /** Writes an outcome, or keeps it until it can be written. */
  async conclude(line: string): Promise<void> {
    if (this.#unwritten.length > 0) return this.#keep(line);
    try {
      await this.#lines.write(line);
    } catch (error) {
      this.#failedWrites += 1;
      this.#keep(line, error as Error);
    }
  }

  /** What writing is at. */
  get state(): AuditState {
    return { failedWrites: this.#failedWrites, unwritten: this.#unwritten.length };
  }

  /** Whether it is written to a file of its own. */
  get isFile(): boolean {
    return this.#lines.isFile;
  }

  /** Opens the file anew, after it was moved away. */
  async reopen(): Promise<void> {
    try {
      await this.#lines.open();
      this.#logger.info('The file of the audit trail was opened anew.');
    } catch (error) {
      this.#logger.error(
        { err: error },
        'The file of the audit trail cannot be opened anew; the old one is used on.',
      );
    }
  }

  /** Writes what is left. What cannot be written goes to the log, so that it is not lost. */
  async close(): Promise<void> {
    clearTimeout(this.#retry);
    await this.#writeKept();
    for (const line of this.#unwritten) {
      this.#logger.fatal(
        { event: JSON.parse(line) as unknown },
        'An event of the audit trail could not be written.',
      );
    }
    clearTimeout(this.#retry);
    await this.#lines.close();
  }

  #keep(line: string, error?: Error): void {
    if (this.#unwritten.length === 0) {
      this.#logger.fatal(
        { err: error },
        'The audit trail cannot be written: no changes are made until it can be.',
      );
      this.#retryLater();
    }
    this.#unwritten.push(line);
  }

  #retryLater(): void {
    this.#retry = setTimeout(() => void this.#writeKept(), RETRY_MS);
  }

  async #writeKept(): Promise<void> {
    const kept = [...this.#unwritten];
    if (kept.length === 0) return;
    try {
      await this.#lines.write(kept.join('\n'));
    } catch {
      this.#failedWrites += 1;
      this.#retryLater();
      return;
    }
    // More may have come meanwhile.
    this.#unwritten = this.#unwritten.slice(kept.length);
    if (this.#unwritten.length > 0) this.#retryLater();
    else this.#logger.warn('The audit trail is written again: changes are made again.');
  }
}

/** A change whose intent was written. */
class WrittenChange implements IntendedChange {
  readonly #trail: AuditTrail;
  /** The members that both lines have, as JSON. */
  readonly #facts: string;
  readonly #operation: AwsOperation;
  readonly #ids: NativeIds;

  constructor(trail: AuditTrail, facts: Facts, operation: AwsOperation, ids: NativeIds) {
    this.#trail = trail;
    this.#facts = JSON.stringify(facts).slice(1, -1);
    this.#operation = operation;
    this.#ids = ids;
  }

  cameTo({ outcome, settled, answer, code, providerCode, awsRequestId }: ChangeEnd): Promise<void> {
    const { service, response } = this.#operation;
    const ids = answer === undefined ? {} : nativeIdsIn(service.model, response, answer);
    const end = { outcome, settled: settled || undefined, code, providerCode, awsRequestId };
    return this.#trail.conclude(this.line('outcome', end, ids));
  }

  line(event: 'intent' | 'outcome', end: object, ids: NativeIds = {}): string {
    const rest = JSON.stringify({ ids: { ...this.#ids, ...ids }, ...end }).slice(1);
    return `{"type":"audit","event":"${event}","time":"${new Date().toISOString()}",${this.#facts},${rest}`;
  }
}

/**
 * The audit trail: two lines of JSON for each call to AWS that changes something, and for each change of a bulk job. The first, the intent, is written
 * before the call is sent, the second, the outcome, before the caller is answered. An intent without an outcome is of a
 * process that ended in between.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { ChangeEnd, ChangeOutcome, IntendedChange, OwnChange } from '../adapter/audited.ts';
import { type NativeIds, nativeIdsIn } from '../adapter/native-ids.ts';
import type { AwsOperation } from '../adapter/operation.ts';
import type { AuditEvents, AuditEventsState } from './events.ts';
import { type Lines, NotWritten } from './lines.ts';

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

/** What a line says. */
export interface TrailEvent extends Facts {
  readonly type: 'audit';
  readonly event: 'intent' | 'outcome';
  readonly time: string;
  readonly ids: NativeIds;
  /** Of outcomes alone, as what follows. */
  readonly outcome?: ChangeOutcome;
  readonly settled?: true | undefined;
  readonly code?: string | undefined;
  readonly providerCode?: string | undefined;
  readonly awsRequestId?: string | undefined;
}

type End = Omit<TrailEvent, keyof Facts | 'type' | 'event' | 'time' | 'ids'>;

/** The time now, as lines have it; many lines are of the same millisecond. */
const clock = { ms: Number.NaN, text: '' };
function timeNow(): string {
  const ms = Date.now();
  if (ms !== clock.ms) Object.assign(clock, { ms, text: new Date(ms).toISOString() });
  return clock.text;
}

/** What writing the trail is at. */
export interface AuditState {
  /** How often it failed. */
  readonly failedWrites: number;
  /** How many events wait to be written. While there are any, nothing is changed. */
  readonly unwritten: number;
  /** What keeping its events in the database is at; undefined when they are not. */
  readonly events: AuditEventsState | undefined;
}

export class AuditTrail {
  readonly #lines: Lines;
  readonly #logger: Logger;
  readonly #events: AuditEvents | undefined;
  /** The lines of outcomes that could not be written yet. While there are any, nothing more is changed. */
  #unwritten: string[] = [];
  #retry: NodeJS.Timeout | undefined;
  #failedWrites = 0;

  /** @param events Keeps the events in the database as well. */
  constructor(lines: Lines, logger: Logger, events?: AuditEvents) {
    this.#lines = lines;
    this.#logger = logger;
    this.#events = events;
  }

  /**
   * Writes that a change is about to be sent.
   *
   * @param request In AWS's words.
   * @throws Error when it cannot be written.
   */
  intend(occasion: Occasion, operation: AwsOperation, request: object): Promise<IntendedChange> {
    const { name, service, response } = operation;
    const { provider, model } = service;
    const ids = nativeIdsIn(model, operation.request, request);
    return this.#begin(occasion, { provider, operation: name, ids }, answer =>
      nativeIdsIn(model, response, answer),
    );
  }

  /**
   * Writes that something of the gateway itself is about to be changed.
   *
   * @throws Error when it cannot be written.
   */
  intendOwn(occasion: Occasion, change: OwnChange): Promise<IntendedChange> {
    return this.#begin(occasion, change, () => ({}));
  }

  async #begin(
    { requestId, principal, mutation }: Occasion,
    { ids, ...what }: Pick<Facts, 'provider' | 'operation'> & { readonly ids: NativeIds },
    idsOfAnswer: (answer: unknown) => NativeIds,
  ): Promise<IntendedChange> {
    const facts = { id: randomUUID(), requestId, principal, mutation, ...what };
    const change = new WrittenChange(this, facts, ids, idsOfAnswer);
    if (this.#unwritten.length > 0) throw new Error('The audit trail has outcomes that are not written yet.');
    const intent = change.line('intent', {});
    try {
      await this.#lines.write(intent);
    } catch (error) {
      if (isNotWritten(intent, error)) {
        this.#failedWrites += 1;
        // A part of it may stand in the file, and must not look as if it had been sent.
        this.#keep(change.line('outcome', { outcome: 'refused', code: 'NOT_AUDITED' }), error);
        throw error;
      }
    }
    this.#events?.add(JSON.parse(intent) as TrailEvent);
    return change;
  }

  /** Writes an outcome, or keeps it until it can be written. */
  async conclude(line: string): Promise<void> {
    this.#events?.add(JSON.parse(line) as TrailEvent);
    if (this.#unwritten.length > 0) return this.#keep(line);
    try {
      await this.#lines.write(line);
    } catch (error) {
      if (!isNotWritten(line, error)) return;
      this.#failedWrites += 1;
      this.#keep(line, error);
    }
  }

  /** What writing is at. */
  get state(): AuditState {
    return {
      failedWrites: this.#failedWrites,
      unwritten: this.#unwritten.length,
      events: this.#events?.state,
    };
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

  /** Waits only a little for what takes no lines: the process is to end. */
  hurry(): void {
    this.#lines.hurry();
  }

  /** Writes what is left. What cannot be written goes to the log, so that it is not lost. */
  async close(): Promise<void> {
    this.hurry();
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
    const writes = await Promise.allSettled(kept.map(line => this.#lines.write(line)));
    const left = kept.filter((line, at) => {
      const write = writes[at];
      return write?.status === 'rejected' && isNotWritten(line, write.reason);
    });
    if (left.length > 0) this.#failedWrites += 1;
    // More may have come meanwhile.
    this.#unwritten = [...left, ...this.#unwritten.slice(kept.length)];
    if (this.#unwritten.length > 0) this.#retryLater();
    else this.#logger.warn('The audit trail is written again: changes are made again.');
  }
}

/** Whether it is this line that could not be written, and not one that was to be written with it. */
function isNotWritten(line: string, error: unknown): error is Error {
  return !(error instanceof NotWritten) || error.lines.has(line);
}

/** A change whose intent was written. */
class WrittenChange implements IntendedChange {
  readonly #trail: AuditTrail;
  /** As both lines have them. */
  readonly #facts: string;
  readonly #ids: NativeIds;
  readonly #idsOfAnswer: (answer: unknown) => NativeIds;

  constructor(trail: AuditTrail, facts: Facts, ids: NativeIds, idsOfAnswer: (answer: unknown) => NativeIds) {
    this.#trail = trail;
    this.#facts = membersOf(facts);
    this.#ids = ids;
    this.#idsOfAnswer = idsOfAnswer;
  }

  cameTo({ outcome, settled, answer, code, providerCode, awsRequestId }: ChangeEnd): Promise<void> {
    const ids = answer === undefined ? {} : this.#idsOfAnswer(answer);
    const end = { outcome, settled: settled || undefined, code, providerCode, awsRequestId };
    return this.#trail.conclude(this.line('outcome', end, ids));
  }

  /** A {@link TrailEvent} as it is written. */
  line(event: TrailEvent['event'], end: End, ids: NativeIds = {}): string {
    const native = JSON.stringify({ ...this.#ids, ...ids });
    const members = membersOf(end);
    const rest = members && `,${members}`;
    return `{"type":"audit","event":"${event}","time":"${timeNow()}",${this.#facts},"ids":${native}${rest}}`;
  }
}

/** The members of an object in JSON, without the braces. */
function membersOf(part: object): string {
  return JSON.stringify(part).slice(1, -1);
}

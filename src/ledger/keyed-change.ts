/** A change that a caller gave a key, while this process performs it: what was called before is not called again. */
import type { CallMemory, CallOutcome, RememberedCall } from '../adapter/call-memory.ts';
import { nativeIdsIn } from '../adapter/native-ids.ts';
import type { AwsOperation } from '../adapter/operation.ts';
import type { SharedDatabase } from '../database/shared-database.ts';
import { ConflictError, ProviderFailureError } from '../errors.ts';
import { fingerprint } from './fingerprint.ts';
import { answersWithIds, lastingPart } from './lasting.ts';
import type { CallRecords, Ledger, Performed } from './ledger.ts';
import { Superseded } from './superseded.ts';

/** What a keyed change needs of the ledger, and what became of it when it could not be written. */
export interface Writing {
  readonly ledger: Ledger;
  readonly secret: string;
  /** Is told why something could not be written. */
  readonly database: Pick<SharedDatabase, 'inTime' | 'failed'>;
  /** Is told that this process does not perform the change any more, and whether that is written. */
  readonly ended: (isWritten: boolean) => void;
}

/** How a request in progress is refused. */
export function inProgress(cause?: unknown): ConflictError {
  return new ConflictError({
    message:
      'A request with this idempotencyKey is under way. Send it again later, to be told what came of it.',
    reason: 'REQUEST_IN_PROGRESS',
    cause,
  });
}

export class KeyedChange implements CallMemory {
  /** Undefined when it was settled before. */
  readonly #change: Performed | undefined;
  readonly #calls: CallRecords;
  readonly #writing: Writing;
  /** How many calls there were so far that are told apart by their order alone. */
  readonly #count = new Map<string, number>();
  /** What only read ids, and is to be the same when the change is repeated: it is written together with a change. */
  readonly #reads = new Map<string, CallOutcome & Read>();
  /** The calls that were made, or may have been, now or before, and of which it was not found out here what came of them. */
  readonly #open: Set<string>;
  #hasMade = false;

  constructor(change: Performed | undefined, calls: CallRecords, writing: Writing) {
    this.#change = change;
    this.#calls = calls;
    this.#open = new Set(
      [...calls].flatMap(([identity, { outcome }]) => (mayHaveChanged(outcome) ? [identity] : [])),
    );
    this.#writing = writing;
  }

  /** Whether it was performed before, and is only told again. */
  get isReplay(): boolean {
    return this.#change === undefined;
  }

  /** Whether it is open what became of a call: nobody has asked about one of before, or it was not found out. */
  get hasOpen(): boolean {
    return this.#open.size > 0;
  }

  /** Whether calls that were asked about have changed something. */
  get hasMade(): boolean {
    return this.#hasMade;
  }

  recall(operation: AwsOperation, request: object): RememberedCall | undefined {
    const isRead = operation.effect === 'read';
    if (isRead && !answersWithIds(operation)) return undefined;
    const identity = this.#identityOf(operation, request);
    const record = this.#calls.get(identity);
    const outcome = (record?.outcome ?? undefined) as CallOutcome | undefined;
    if (outcome) this.#open.delete(identity);
    if (outcome && mayHaveChanged(outcome)) this.#hasMade = true;
    const known = { outcome, lostSince: record && !outcome && !isRead ? record.sentAt.getTime() : undefined };
    if (isRead) return { ...known, ...this.#remembering(identity) };
    const change = this.#change;
    if (change) return { ...known, ...this.#writingOf(change, operation, identity) };
    if (outcome) return { ...known, ...nothing };
    throw new ProviderFailureError({
      message:
        'The request with this idempotencyKey was performed before, and what it would do now is something else. Nothing was changed.',
      retryable: false,
    });
  }

  /** Ends the performance. Never fails: a repeat goes on from what was written. */
  async end(): Promise<void> {
    const { ledger, ended } = this.#writing;
    const change = this.#change;
    ended(!change || (await this.#attempt(() => ledger.end(change))));
  }

  /** The same call of the same change has the same identity; the ids in its request tell it from others. */
  #identityOf({ name, service, request: shape }: AwsOperation, request: object): string {
    const { secret } = this.#writing;
    const kind = fingerprint(secret, name, nativeIdsIn(service.model, shape, request)).toString('hex');
    const count = this.#count.get(kind) ?? 0;
    this.#count.set(kind, count + 1);
    return fingerprint(secret, kind, count).toString('hex');
  }

  #remembering(identity: string): Omit<RememberedCall, 'outcome' | 'lostSince'> {
    return {
      ...nothing,
      settle: async outcome => void this.#reads.set(identity, { ...outcome, read: true }),
    };
  }

  #writingOf(
    change: Performed,
    operation: AwsOperation,
    identity: string,
  ): Omit<RememberedCall, 'outcome' | 'lostSince'> {
    const { ledger } = this.#writing;
    return {
      enter: async sentAt => {
        const enter = async () => {
          for (const [read, outcome] of this.#reads) {
            await ledger.enter(change, read, new Date(sentAt));
            await ledger.settle(change, read, outcome);
          }
          this.#reads.clear();
          await ledger.enter(change, identity, new Date(sentAt));
          this.#open.add(identity);
        };
        try {
          await this.#writing.database.inTime(enter());
        } catch (error) {
          throw error instanceof Superseded ? inProgress(error) : this.#unwritable(operation, error);
        }
      },
      settle: async outcome => {
        this.#open.delete(identity);
        if ('answer' in outcome) this.#hasMade = true;
        const lasting = 'answer' in outcome ? { answer: lastingPart(operation, outcome.answer) } : outcome;
        await this.#attempt(() => ledger.settle(change, identity, lasting));
      },
      forget: async () => {
        this.#open.delete(identity);
        await this.#attempt(() => ledger.forget(change, identity));
      },
    };
  }

  #unwritable({ service }: AwsOperation, error: unknown): ProviderFailureError {
    this.#writing.database.failed(error);
    return new ProviderFailureError({
      message: `${service.name} was not called, because this gateway cannot write to its database, which remembers what was done under an idempotencyKey. Nothing was changed.`,
      retryable: true,
      cause: error,
    });
  }

  /** Whether it could be written. */
  async #attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await this.#writing.database.inTime(act());
      return true;
    } catch (error) {
      this.#writing.database.failed(error);
      return false;
    }
  }
}

/** Marks what only read. */
interface Read {
  readonly read?: true;
}

function mayHaveChanged(outcome: unknown): boolean {
  const known = outcome as (CallOutcome & Read) | null | undefined;
  return !known || ('answer' in known && !known.read);
}

/** For calls of which nothing is written. */
const nothing = {
  enter: async () => undefined,
  settle: async () => undefined,
  forget: async () => undefined,
};

/**
 * Calls with large inputs, such as images, of which only a few are made at a time. An image that came once may be the input of as many calls as
 * a document has fields, and each of them has a text and bytes of its own for it; those that wait share what came.
 */
import { getHeapStatistics } from 'node:v8';
import { Connections, type Travelling } from './connections.ts';

/** Requests with less are bounded by their number. */
const LARGE_BYTES = 65_536;

/** What an image of 5 MB takes, the largest that AWS takes: as a text in base64, and as the bytes that are sent. */
const MOST_BYTES = 16_777_216;

/** As much of the heap as all of them may take, and no less than lets one go on while another's answer is waited for. */
const AT_A_TIME = Math.max(2, Math.floor(getHeapStatistics().heap_size_limit / 8 / MOST_BYTES));

/** Others wait, in turns: as many as requests may be under way, and as long as one may read. */
const limits = { connections: AT_A_TIME, places: 2_000, principalShare: 0.5, maxWaitMs: 30_000 } as const;

/** Those of one client of AWS: a service that hangs holds up no other. */
export class LargeRequests {
  readonly #line = new Connections(limits);

  /** @param stopped Ends all waits. */
  constructor(stopped: AbortSignal) {
    stopped.addEventListener('abort', () => this.#line.stop(), { once: true });
  }

  /**
   * Waits until a call may be made, if its input is large.
   *
   * @returns What ends it, once it may; undefined if the input is not large.
   */
  enter(input: object, travelling: Travelling): Promise<() => void> | undefined {
    if (bytesOf(input) <= LARGE_BYTES) return undefined;
    return new Promise((resolve, reject) => {
      this.#line.take(travelling, () => resolve(() => this.#line.giveBack(travelling)), reject);
    });
  }
}

/** About how many bytes a value has. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let bytes = 0;
  for (const name in value)
    bytes += name.length + bytesOf((value as Readonly<Record<string, unknown>>)[name]);
  return bytes;
}

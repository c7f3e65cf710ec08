/** Answers that wait in memory until their clients have read them. */
import type { ServerResponse } from 'node:http';

/**
 * How long a client may take to read an answer, which waits in memory as long: with the largest answer, that is 1.4
 * megabits a second.
 */
export const READ_TIMEOUT_MS = 60_000;

/** How much may wait, all together: with the largest answer, that is 12 of them. */
const MAX_UNREAD_BYTES = 134_217_728;

/** Why the end of an answer was not sent: nobody read it in time, others needed its room, or the connection was closed. */
export type Cut = 'unread' | 'displaced' | 'closed';

interface UnreadAnswer {
  readonly bytes: number;
  readonly sender: string;
  reason: Cut;
}

/** The answers to one sender, the oldest first. */
interface OfSender {
  readonly answers: Set<ServerResponse>;
  bytes: number;
}

class UnreadAnswers {
  readonly #all = new Map<ServerResponse, UnreadAnswer>();
  readonly #ofSenders = new Map<string, OfSender>();
  #bytes = 0;

  /**
   * Cuts an answer off that is not read in time. When too much waits, those are cut off that wait the longest, of whoever has
   * most to read: who reads what it asked for loses nothing because of others.
   *
   * @param sender Who asked.
   * @param cut Is told when the end was not sent.
   */
  hold(response: ServerResponse, sender: string, cut?: (reason: Cut) => void): void {
    const answer: UnreadAnswer = { bytes: response.writableLength, sender, reason: 'closed' };
    this.#add(response, answer);
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      timer = setTimeout(() => {
        answer.reason = 'unread';
        // oxlint-disable-next-line eslint/no-restricted-properties -- It is answered.
        response.destroy();
      }, READ_TIMEOUT_MS);
    };
    // Nobody can read it before the answers to what came before it over the same connection.
    if (response.socket) wait();
    else response.once('socket', wait);
    response.once('close', () => {
      clearTimeout(timer);
      this.#forget(response);
      if (!response.writableFinished) cut?.(answer.reason);
    });
    while (this.#bytes > MAX_UNREAD_BYTES) {
      const [oldest] = this.#most.answers;
      if (!oldest || oldest === response) break;
      this.#displace(oldest);
    }
  }

  #add(response: ServerResponse, answer: UnreadAnswer): void {
    const { sender, bytes } = answer;
    this.#all.set(response, answer);
    this.#bytes += bytes;
    const own = this.#ofSenders.get(sender) ?? { answers: new Set(), bytes: 0 };
    this.#ofSenders.set(sender, own);
    own.answers.add(response);
    own.bytes += bytes;
  }

  #forget(response: ServerResponse): void {
    const answer = this.#all.get(response);
    const own = answer && this.#ofSenders.get(answer.sender);
    if (!own) return;
    this.#all.delete(response);
    this.#bytes -= answer.bytes;
    own.answers.delete(response);
    own.bytes -= answer.bytes;
    if (own.answers.size === 0) this.#ofSenders.delete(answer.sender);
  }

  get #most(): OfSender {
    let most: OfSender = { answers: new Set(), bytes: 0 };
    for (const own of this.#ofSenders.values()) {
      if (own.bytes > most.bytes) most = own;
    }
    return most;
  }

  #displace(response: ServerResponse): void {
    const answer = this.#all.get(response);
    if (answer) answer.reason = 'displaced';
    this.#forget(response);
    // oxlint-disable-next-line eslint/no-restricted-properties -- One whose turn has not come has no connection of its own yet, and would stay.
    response.req.socket.destroy();
  }
}

/** Those of this process. */
export const unreadAnswers = new UnreadAnswers();

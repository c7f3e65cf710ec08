/**
 * The connections of clients. Each takes memory as long as it is open, up to what the largest head of a request takes, which may
 * come slowly; so there are no more than a number of them. Beyond it, one is closed for each that opens: of the address, or IPv6's network, that has
 * the most, the oldest that waits for no answer; if all of them do, the one that opens.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../request/client-address.ts';

export interface Connection {
  readonly address: string;
  /** Its last answer, until it is sent and its request read: what came with the request would stay as long as the connection. */
  last?: ServerResponse | undefined;
  /** Whether a request has come over it. Browsers open some ahead. */
  isUsed: boolean;
  /** How many of its requests have no answer yet. */
  unanswered: number;
  /** Whether it ends with the answers that are due, since it has asked for too many at a time. */
  isFull: boolean;
}

export class Connections {
  readonly maximum: number;
  readonly #all = new Map<Socket, Connection>();
  readonly #ofAddresses = new Map<string, Set<Socket>>();

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  get count(): number {
    return this.#all.size;
  }

  get(socket: Socket): Connection | undefined {
    return this.#all.get(socket);
  }

  [Symbol.iterator](): IterableIterator<readonly [Socket, Connection]> {
    return this.#all.entries();
  }

  /**
   * Counts a connection until it is closed.
   *
   * @returns The one to close, if there are too many.
   */
  open(socket: Socket): Socket | undefined {
    // A client that has left again has no address any more.
    const address = networkOf(socket.remoteAddress ?? '');
    this.#all.set(socket, { address, isUsed: false, unanswered: 0, isFull: false });
    const others = this.#ofAddresses.get(address);
    if (others) others.add(socket);
    else this.#ofAddresses.set(address, new Set([socket]));
    socket.once('close', () => this.#leave(socket, address));
    return this.#all.size > this.maximum ? this.#leastMissed(socket) : undefined;
  }

  #leave(socket: Socket, address: string): void {
    this.#all.delete(socket);
    const own = this.#ofAddresses.get(address);
    own?.delete(socket);
    if (own?.size === 0) this.#ofAddresses.delete(address);
  }

  #leastMissed(opened: Socket): Socket {
    let most: ReadonlySet<Socket> = new Set();
    for (const own of this.#ofAddresses.values()) {
      if (own.size > most.size) most = own;
    }
    for (const socket of most) {
      if (this.#all.get(socket)?.unanswered === 0) return socket;
    }
    return opened;
  }
}

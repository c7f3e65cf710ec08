/**
 * Jobs of many rows that are being received, of which there are only a few at a time: what their rows name is kept until the last has come, so
 * that two that name the same are found. The others wait as they came, which takes far less.
 */
import { getHeapStatistics } from 'node:v8';
import { Connections } from '../aws/connections.ts';

/** Of a job with fewer rows, too little is kept to wait for. */
export const FEW_ROWS = 200;

/** What is kept of a row that names one thing by a name of usual length. */
const ROW_BYTES = 200;

/** Whoever hands a job in waits as long as it takes: how many do is bounded as the requests under way are. */
const patient = { places: Number.POSITIVE_INFINITY, principalShare: 1, maxWaitMs: 2_147_483_647 } as const;

export class ManyRows {
  readonly #line: Connections;

  /** @param maxRows How many rows a job may have. */
  constructor(maxRows: number) {
    const room = getHeapStatistics().heap_size_limit / 8;
    this.#line = new Connections({
      connections: Math.max(1, Math.floor(room / (maxRows * ROW_BYTES))),
      ...patient,
    });
  }

  /**
   * Waits until one more may be received, the callers in turns.
   *
   * @returns What ends it.
   */
  enter(principal: string): Promise<() => void> {
    return new Promise((resolve, reject) => {
      this.#line.take({ principal }, () => resolve(() => this.#line.giveBack({ principal })), reject);
    });
  }
}

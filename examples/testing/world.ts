/**
 * A world of local AWS for a test: its own users, faults, clock and journal, beside those of all other tests. It takes
 * about five milliseconds of a core to make.
 *
 * Copy it into your project: it needs nothing but `fetch`.
 */

/** The addresses that `npm start` prints. */
export interface Addresses {
  /** The gateway's: http://127.0.0.1:4000 */
  readonly gateway: string;
  /** Local AWS's: http://127.0.0.1:4566 */
  readonly localAws: string;
}

/** What a world begins with: docs/testing.md says what that is. */
export type Seed = 'demo' | 'empty' | 'thousand' | 'statuses';

export interface Fault {
  readonly service?: 'rekognition' | 'identitystore' | 'chime' | 'chime-sdk-identity';
  /** AWS's name of an operation, such as `CreateUser`. */
  readonly operation?: string;
  readonly times?: number;
  /** From 0 to 1; with a `seed`, the same ones are struck in each run. */
  readonly probability?: number;
  readonly seed?: number;
  readonly effect:
    | { readonly type: 'throttle'; readonly retryAfterSeconds?: number }
    | { readonly type: 'latency'; readonly milliseconds: number }
    | { readonly type: 'drop'; readonly when?: 'before' | 'after' }
    | { readonly type: 'exception'; readonly name: string; readonly message?: string };
}

export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
}

export class World {
  /** What requests to the gateway carry, so that they reach this world. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #addresses: Addresses;

  private constructor(addresses: Addresses, name: string) {
    this.#addresses = addresses;
    this.headers = { 'x-local-aws-world': name };
  }

  /** Makes a world. */
  static async create(addresses: Addresses, seed: Seed = 'demo'): Promise<World> {
    const { name } = (await send(addresses.localAws, 'POST', 'worlds', {}, { seed })) as { name: string };
    return new World(addresses, name);
  }

  /** Asks the gateway something in this world. */
  async query<Data>(query: string, variables?: object): Promise<Answer<Data>> {
    const response = await fetch(`${this.#addresses.gateway}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<Data>;
  }

  /** Makes AWS fail, in this world alone. */
  async fault(fault: Fault): Promise<void> {
    await this.#administer('POST', 'faults', fault);
  }

  /** Sets the clock, and has it stand still there. */
  async setClock(now: Date): Promise<void> {
    await this.#administer('POST', 'clock', { now: now.toISOString(), stopped: true });
  }

  async advanceClock(milliseconds: number): Promise<void> {
    await this.#administer('POST', 'clock', { advanceMs: milliseconds });
  }

  /** The operations of AWS that were called in it so far. */
  async calls(): Promise<readonly string[]> {
    const { requests } = (await this.#administer('GET', 'requests')) as {
      requests: readonly { operation: string }[];
    };
    return requests.map(({ operation }) => operation);
  }

  /** Forgets the world. */
  async delete(): Promise<void> {
    await this.#administer('DELETE', `worlds/${this.headers['x-local-aws-world']}`);
  }

  #administer(method: string, path: string, body?: object): Promise<unknown> {
    return send(this.#addresses.localAws, method, path, this.headers, body);
  }
}

async function send(
  localAws: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${localAws}/_local-aws/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { readonly message?: string };
  if (!response.ok) throw new Error(`Local AWS answered ${method} ${path} with: ${answer.message}`);
  return answer;
}

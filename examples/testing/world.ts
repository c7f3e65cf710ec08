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

/** How a world begins, beside its seed. */
export interface WorldOptions {
  /** 1 to 64 letters, digits, "-" and "_"; made up unless given. */
  readonly name?: string;
  /** Identity stores that exist in it beside `d-9067012345`, with nothing in them. */
  readonly identityStores?: readonly string[];
}

/** What local AWS's README has under "Faults". */
export interface Fault {
  readonly service?: 'rekognition' | 'identitystore' | 'chime' | 'chime-sdk-identity';
  /** AWS's name of an operation, such as `CreateUser`. */
  readonly operation?: string;
  readonly times?: number;
  /** From 0 to 1; with a `seed`, the same ones are struck in each run. */
  readonly probability?: number;
  readonly seed?: number;
  readonly effect: Effect;
}

/** Whether the operation takes effect all the same: `after` is when it has. */
export type When = 'before' | 'after';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** What a fault does. */
export type Effect =
  | {
      readonly type: 'exception';
      /** Any name, also one that AWS does not know. */
      readonly name: string;
      readonly message?: string;
      /** Further members of the exception, such as `{ Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' }`. */
      readonly members?: { readonly [name: string]: Json };
      readonly status?: number;
      readonly when?: When;
    }
  | { readonly type: 'throttle'; readonly retryAfterSeconds?: number }
  | { readonly type: 'latency'; readonly milliseconds: number }
  | { readonly type: 'drop'; readonly when?: When }
  /** The connection breaks at once, and the operation takes effect after that time. */
  | { readonly type: 'late'; readonly milliseconds: number }
  /** This is answered instead: a proxy's page, an empty 500. */
  | {
      readonly type: 'response';
      readonly status: number;
      readonly body: string;
      readonly contentType?: string;
      /** Whether it comes with an id, as AWS's own answers do. */
      readonly requestId?: boolean;
      readonly when?: When;
    };

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
  static async create(addresses: Addresses, seed: Seed = 'demo', options: WorldOptions = {}): Promise<World> {
    const body = { seed, ...options };
    const { name } = (await send(addresses.localAws, 'POST', 'worlds', {}, body)) as { name: string };
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

  /** Takes all faults away. */
  async clearFaults(): Promise<void> {
    await this.#administer('DELETE', 'faults');
  }

  /** Has AWS refuse what is beyond so many requests a second: `aws` for its defaults, `off`, `identitystore=40`, … */
  async setQuotas(quotas: string): Promise<void> {
    await this.#administer('POST', 'quotas', { quotas });
  }

  /** Makes it as new, with what it has from then on. */
  async reset(seed: Seed): Promise<void> {
    await this.#administer('POST', 'reset', { seed });
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

/** Who waits for a turn of the one thread before doing much: each of them does it only when the turn has come. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { turns } from '../../src/turns.ts';
import { useAuthenticated } from '../support/authenticated.ts';
import { useGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { ask, withToken } from '../support/tokens.ts';

const gateway = useGateway();
const there = useAuthenticated();

beforeEach(() => gateway.localAws.reset('thousand'));
afterEach(() => void vi.restoreAllMocks());

/** In place of turns that come by themselves: whose was asked for last, and what gives it. */
class HeldTurns {
  #asked: { readonly by: string; readonly give: () => void }[] = [];

  constructor() {
    vi.spyOn(turns, 'take').mockImplementation(
      by => new Promise(resolve => this.#asked.push({ by, give: resolve })),
    );
  }

  /** Waits until a turn is asked for, and nothing else: whose it is. */
  async next(): Promise<string> {
    await vi.waitFor(() => expect(this.#asked).toHaveLength(1), { timeout: 20_000 });
    return (this.#asked[0] as { readonly by: string }).by;
  }

  /** Gives the turn that was asked for. */
  give(): void {
    this.#asked.shift()?.give();
  }
}

const list = (first: number) =>
  json(
    JSON.stringify({ query: `{ identityStoreUsers(first: ${first}) { edges { node { id userName } } } }` }),
  );

test('A large answer waits for a turn before AWS is asked, before its answer is taken apart, and before it is made a text', async () => {
  const expected = await send(gateway.url, list(200));
  gateway.localAws.requests.clear();
  const held = new HeldTurns();
  let isAnswered = false;
  const answer = send(gateway.url, list(200)).finally(() => {
    isAnswered = true;
  });

  expect(await held.next()).toBe('address 127.0.0.1');
  expect(gateway.calls()).toEqual([]);
  held.give();
  // AWS's pages have up to 100 users.
  for (let page = 1; page <= 2; page += 1) {
    expect(await held.next()).toBe('answers of AWS to anonymous');
    expect(gateway.calls()).toEqual(Array.from({ length: page }, () => 'ListUsers'));
    held.give();
  }
  expect(await held.next()).toBe('address 127.0.0.1');
  expect(isAnswered).toBe(false);
  held.give();
  expect((await answer).body).toEqual(expected.body);
});

test('A small answer takes no turn', async () => {
  await send(gateway.url, list(3));
  const taken = vi.spyOn(turns, 'take');
  expect(await send(gateway.url, list(3))).toMatchObject({ status: 200 });
  expect(taken).not.toHaveBeenCalled();
});

test('A request waits in the line of whoever its token was found to be of, and before that in its address’s', async () => {
  vi.spyOn(turns, 'free', 'get').mockReturnValue(false);
  const taken = vi.spyOn(turns, 'take').mockResolvedValue();
  const ada = withToken(await there.issuer.token({ sub: 'ada', scope: '*' }));
  const eve = withToken(await there.issuer.token({ sub: 'eve', scope: '*' }));
  // Whoever sends what is no token of anybody's has no line but its address's.
  const lines: (string | undefined)[] = [];
  for (const headers of [ada, eve, ada, eve, withToken('x'), withToken('x'), {}]) {
    taken.mockClear();
    await ask(there.gateway, headers);
    lines.push(taken.mock.calls[0]?.[0]);
  }
  const address = 'address 127.0.0.1';
  const [, , lineOfAda, lineOfEve] = lines;
  expect(lines).toEqual([address, address, lineOfAda, lineOfEve, address, address, address]);
  expect(new Set([address, lineOfAda, lineOfEve]).size).toBe(3);
});

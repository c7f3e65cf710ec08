/** What guards and resolvers learn of who sends a request. */
import { createSchema } from 'graphql-yoga';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openTokens } from '../../src/auth/index.ts';
import { anonymous, type Principal } from '../../src/auth/principal.ts';
import { readConfig } from '../../src/config/index.ts';
import type { Context } from '../../src/schema/context.ts';
import { guardsFor } from '../../src/server/guards/index.ts';
import { InFlight } from '../../src/server/in-flight/requests.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { usualLimits } from '../support/limits.ts';
import { startServer } from '../support/server.ts';
import { ask, withToken } from '../support/tokens.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

/** The principals that a guard and a resolver see for a request with such a token. */
async function seen(env: NodeJS.ProcessEnv, claims: object): Promise<readonly [Principal, Principal]> {
  const principals: Principal[] = [];
  const logger = pino({ level: 'silent' });
  const { access } = readConfig({ ...env });
  const schema = createSchema<Context>({
    typeDefs: 'type Query { seen: String }',
    resolvers: { Query: { seen: (_root, _args, { principal }) => void principals.push(principal) } },
  });
  const options = {
    host: '127.0.0.1',
    schema,
    limits: usualLimits,
    inFlight: new InFlight(usualLimits),
    access: { ...access, tokens: await openTokens(access.auth, { logger, providers: [] }) },
  };
  const own = guardsFor(options);
  const curious = {
    name: 'curious',
    check(_subject: unknown, { principal }: { readonly principal: Principal }) {
      principals.push(principal);
      return undefined;
    },
  };
  const server = await startServer({
    ...options,
    gateway: { statuses: [], connected: new Map(), upstream: () => [], settleTimeoutMs: 0 },
    maxAnswerBytes: 1_000,
    logger,
    guards: { ...own, graphqlRequest: [...own.graphqlRequest, curious] },
  });
  onTestFinished(() => server.stop());
  await ask(server, withToken(await issuer.token({ ...claims })), '{ seen }');
  const [guard, resolver] = principals;
  if (!guard || !resolver) throw new Error('The request was refused.');
  return [guard, resolver];
}

async function idOf(claims: object): Promise<string> {
  const [guard] = await seen(issuer.env, claims);
  return guard.id;
}

describe('the principal', () => {
  it('is the same to guards and resolvers, and tells no name in its id', async () => {
    const [guard, resolver] = await seen(issuer.env, { sub: 'ada@example.com' });
    expect(guard).toBe(resolver);
    expect(guard.subject).toBe('ada@example.com');
    expect(guard.id).toMatch(/^[\w-]{16}$/);
  });

  it('has the same id with each of its tokens, and no other has it', async () => {
    const first = await idOf({ sub: 'ada' });
    expect(await idOf({ sub: 'ada', scope: '*', jti: 'another' })).toBe(first);
    const others = [await idOf({ sub: 'eve' }), await idOf({ sub: undefined, client_id: 'ada' })];
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it('has its name in logs where that is configured, and is told apart from another of that name all the same', async () => {
    const env = { ...issuer.env, PRINCIPAL_ID: 'subject' };
    const [person] = await seen(env, { sub: 'ada' });
    const [client] = await seen(env, { sub: undefined, client_id: 'ada' });
    expect([person.logName, client.logName]).toEqual(['ada', 'ada']);
    expect(person.id).toBe(await idOf({ sub: 'ada' }));
    expect(client.id).toBe(await idOf({ sub: undefined, client_id: 'ada' }));
    expect(client.id).not.toBe(person.id);
  });

  it('is anonymous where nobody is asked', async () => {
    expect(await seen({}, {})).toEqual([anonymous, anonymous]);
    expect(anonymous.id).toBe('anonymous');
  });
});

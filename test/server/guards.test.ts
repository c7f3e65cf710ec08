/** What each guard of the gateway refuses, on the first and on the second sight of a document: they take different ways. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Refusal } from '../../src/server/guards/guard.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { caseOf, cases } from '../support/guard-cases/index.ts';
import { json, type Sent, send } from '../support/http.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { manifestFile } from '../support/manifest.ts';
import { own } from '../support/own-guards.ts';

function refusedWith({ status, code, message, facts }: Refusal) {
  return { status, body: { errors: [{ message, extensions: { code, ...facts } }] } };
}

const namesOf = (...lists: readonly (readonly { readonly name: string }[])[]) =>
  lists.flat().map(({ name }) => name);

describe('the guards of the gateway', () => {
  let shared: TestGateway;
  let issuer: TestIssuer;
  let token: string;
  let otherToken: string;
  beforeAll(async () => {
    issuer = await startIssuer();
    token = await issuer.token({ scope: '*' });
    otherToken = await issuer.token({ scope: '*', sub: 'another' });
    shared = await startTestGateway({ ...issuer.env, INTROSPECTION: 'off' });
  });
  afterAll(async () => {
    await shared.stop();
    await issuer.stop();
  });

  async function startOwn(env: Readonly<Record<string, string>>): Promise<TestGateway> {
    const started = await startTestGateway({ ...issuer.env, ...env });
    onTestFinished(() => started.stop());
    return started;
  }

  const names = namesOf(...Object.values(own));

  it('have names of their own, by which there is a case for each', () => {
    expect(names.toSorted()).toEqual(Object.keys(cases).toSorted());
  });

  it.each(names)('refuse a document that is new and the same when it is known: %s', async name => {
    const { spoil, refusal, env, during, documents, send: sendBy } = caseOf(name);
    const query = `mutation Create($userId: String!) { # ${name}
      createRekognitionUser(input: {collectionId: "employees", userId: $userId}) { __typename }
    }`;
    const good = json(JSON.stringify({ query, variables: { userId: `user-${names.indexOf(name)}` } }), {
      authorization: `Bearer ${token}`,
    });
    const trusted = documents && { TRUSTED_DOCUMENTS: await manifestFile(documents(good)) };
    const gateway = env || trusted ? await startOwn({ ...env, ...trusted }) : shared;
    const asked = () => gateway.localAws.requests.list().length;
    const logged = gateway.log.length;

    const refuse = async () => {
      const end = await during?.(gateway, good, otherToken);
      const before = asked();
      const spoilt = spoil(good, otherToken);
      const answer = await (sendBy ? sendBy(gateway, spoilt) : send(gateway.url, spoilt));
      expect(answer).toMatchObject(refusedWith(refusal));
      if (!sendBy) expect(asked()).toBe(before);
      await end?.();
    };
    await refuse();
    const before = asked();
    expect(await send(gateway.url, good)).toMatchObject({
      status: 200,
      body: { data: { createRekognitionUser: { __typename: 'CreateRekognitionUserSuccess' } } },
    });
    expect(asked()).toBe(before + 1);
    await refuse();

    // What was sent besides, to bring it about, is not looked at.
    if (during || sendBy) return;
    const line = { level: 30, status: refusal.status, errorCodes: [refusal.code] };
    expect(gateway.log.slice(logged)).toMatchObject([line, { level: 30, status: 200 }, line]);
  });

  it.each(namesOf(own.everyRequest))('stand before every path: %s', async name => {
    const { spoil, refusal } = caseOf(name);
    const gateway = shared;
    const logged = gateway.log.length;
    for (const path of ['/health', '/nowhere', '/graphql']) {
      const sent: Sent = { method: 'GET', path, headers: { accept: 'text/html' } };
      expect((await send(gateway.url, sent)).status).not.toBe(refusal.status);
      const { status, body } = await send(gateway.url, spoil(sent, otherToken));
      // First the status: a page of 9 MB is nothing to print when an assertion fails.
      expect(status).toBe(refusal.status);
      expect({ status, body }).toEqual(refusedWith(refusal));
    }
    expect(gateway.log.slice(logged)).toEqual([]);
  });
});

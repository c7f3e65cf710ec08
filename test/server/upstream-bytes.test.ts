/** How many bytes of AWS's answers a request may read. */
import { expect, it, onTestFinished } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { startTestGateway } from '../support/gateway.ts';

const MAXIMUM = 60_000;
const LONG = 'x'.repeat(1_024);
const USERS = 10;

async function start() {
  const gateway = await startTestGateway({ MAX_UPSTREAM_BYTES: String(MAXIMUM) });
  onTestFinished(() => gateway.stop());
  const creates = Array.from(
    { length: USERS },
    (_, n) =>
      `u${n}: createIdentityStoreUser(input: {userName: "long${n}", displayName: "${LONG}", title: "${LONG}", nickName: "${LONG}", name: {givenName: "${LONG}", familyName: "Long"}}) { __typename }`,
  );
  const { data, errors } = await gateway.query(`mutation { ${creates.join(' ')} }`);
  expect(errors).toBeUndefined();
  expect(Object.values(data)).toEqual(creates.map(() => ({ __typename: 'CreateIdentityStoreUserSuccess' })));
  return gateway;
}

const list = 'identityStoreUsers(first: 1000) { edges { node { userName } } }';
const tooMuch = {
  message: `The Identity Store gave more to read than the ${MAXIMUM} bytes of AWS's answers that a request may have. Ask for less at a time.`,
  extensions: { code: 'PROVIDER_FAILURE', retryable: false, providerCode: null },
};

it('gives up the reads of a request that read too much together, on every sight, and of no other request', async () => {
  const gateway = await start();
  const document = `{ ${Array.from({ length: 8 }, (_, n) => `a${n}: ${list}`).join(' ')} providers { id } }`;
  for (let sight = 1; sight <= 2; sight += 1) {
    const logged = gateway.log.length;
    const { data, errors = [] } = await gateway.query(document);
    expect(data.providers).toHaveLength(providers.length);
    const failed = Object.values(data).filter(value => value === null);
    expect(failed.length).toBeGreaterThanOrEqual(6);
    expect(errors).toHaveLength(failed.length);
    for (const error of errors) expect(error).toMatchObject(tooMuch);
    expect(gateway.log.slice(logged).filter(({ failure }) => failure !== undefined)).toEqual([
      expect.objectContaining({
        level: 30,
        msg: 'Calls to AWS were given up, because the request read more than MAX_UPSTREAM_BYTES.',
        failure: 'tooMuch',
        calls: failed.length,
        operations: ['ListUsers'],
      }),
    ]);
    const alone = await gateway.query(`{ ${list} }`);
    expect(alone.errors).toBeUndefined();
    expect(alone.data.identityStoreUsers.edges.length).toBeGreaterThanOrEqual(USERS);
  }
});

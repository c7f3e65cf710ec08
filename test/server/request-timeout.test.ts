/** How long a request may take: reads are given up, changes never. */
import { expect, it, onTestFinished } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { startTestGateway } from '../support/gateway.ts';

async function start() {
  const gateway = await startTestGateway({ REQUEST_TIMEOUT_MS: '500' });
  onTestFinished(() => gateway.stop());
  return gateway;
}

const create = (userId: string, select = '__typename') =>
  `createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) { ${select} }`;

it('gives up the reads that take longer, and says so of each, on every sight of the document', async () => {
  const gateway = await start();
  const { localAws } = gateway;
  localAws.faults.add({ operation: 'ListUsers', effect: { type: 'latency', milliseconds: 60_000 } });
  const document = '{ identityStoreUsers { edges { node { id } } } providers { id } }';
  for (let sight = 1; sight <= 2; sight += 1) {
    const answer = await gateway.query(document);
    expect(answer.data.providers).toHaveLength(providers.length);
    expect(answer.data.identityStoreUsers).toBeNull();
    expect(answer.errors).toMatchObject([
      {
        message: 'The Identity Store had not answered when the 500 ms were over that a request may take.',
        path: ['identityStoreUsers'],
        extensions: { code: 'PROVIDER_FAILURE', retryable: true, providerCode: null },
      },
    ]);
  }
});

it('sends no read that comes after its time, such as the next page', async () => {
  const gateway = await start();
  const { localAws } = gateway;
  // Each answer is in time; all of them are not.
  localAws.faults.add({ operation: 'DescribeUser', effect: { type: 'latency', milliseconds: 300 } });
  localAws.faults.add({ operation: 'GetUserId', effect: { type: 'latency', milliseconds: 300 } });
  const before = localAws.requests.list().length;
  const { errors } = await gateway.query('{ identityStoreUser(by: {userName: "ada"}) { id } }');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'PROVIDER_FAILURE', retryable: true });
  expect(localAws.requests.list().length - before).toBeLessThanOrEqual(2);
});

it('lets changes go on to their end, one after the other, and tells what they came to', async () => {
  const gateway = await start();
  const { localAws } = gateway;
  localAws.faults.add({ operation: 'CreateUser', effect: { type: 'latency', milliseconds: 700 } });
  const { data, errors } = await gateway.query(`mutation { a: ${create('a')} b: ${create('b')} }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    a: { __typename: 'CreateRekognitionUserSuccess' },
    b: { __typename: 'CreateRekognitionUserSuccess' },
  });
});

/** A change is found out about when something on the way answers in AWS's place, whether AWS made it or not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, outcomeOfRepeat } from '../support/mutations.ts';
import { settledChanges } from '../support/settled-changes.ts';
import { inWorld } from '../support/world.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ SETTLE_TIMEOUT_MS: '25000' });
});
afterAll(() => gateway.stop());

/** Of a proxy, a load balancer or the network of a hotel; none has an id of AWS, unless it says so. */
const answers = [
  ['nothing', { status: 200, body: '' }],
  ['no content', { status: 204, body: '' }],
  ['an object that says nothing', { status: 200, body: '{}', contentType: 'application/x-amz-json-1.1' }],
  ['a part of an answer', { status: 200, body: '{' }],
  ['a page', { status: 200, body: '<html>Welcome</html>', contentType: 'text/html' }],
  ['another address', { status: 302, body: '' }],
  ['the refusal of a proxy', { status: 403, body: '<html>Forbidden</html>', contentType: 'text/html' }],
  ['a refusal in JSON', { status: 403, body: '{"error":"no"}', contentType: 'application/json' }],
  ['an exception of the form of AWS’s', { status: 400, body: '{"__type":"ConflictException"}' }],
  [
    'a thing that is missing, in the form of AWS’s',
    { status: 400, body: '{"__type":"ResourceNotFoundException"}' },
  ],
  ['a denial in the form of AWS’s', { status: 403, body: '{"__type":"AccessDeniedException"}' }],
  ['a throttle in the form of AWS’s', { status: 400, body: '{"__type":"ThrottlingException"}' }],
  ['an address that nobody knows', { status: 404, body: 'nope' }],
  ['the wish of a proxy to know who asks', { status: 407, body: '' }],
  ['a time-out of a proxy', { status: 408, body: '' }],
  ['too many requests for a proxy', { status: 429, body: '' }],
  ['a failure of a load balancer', { status: 502, body: '<html>Bad gateway</html>' }],
] as const;

describe.concurrent.each(settledChanges)('$operation in $field', ({ mutation, service, operation }) => {
  const document = documentOf(mutation);
  const success = { __typename: `${mutation.typeName}Success` };

  test.concurrent.each(
    answers.flatMap(([what, answer]) =>
      (['before', 'after'] as const).map(when => ({ what, when, effect: { ...answer, when } })),
    ),
  )('succeeds though $what came as its answer, $when it was made', async ({ effect }) => {
    await inWorld(gateway, async ({ faults, query }) => {
      const fault = { service, operation, times: 1, effect: { type: 'response', ...effect } };
      faults.add(fault as never);
      const { input } = mutation;
      expect(await query(document, { input })).toEqual({ data: { result: success } });
      // It was made, and once.
      const { data } = await query(document, { input });
      expect(data.result).toMatchObject({ __typename: outcomeOfRepeat(mutation) });
    });
  });

  test.concurrent('succeeds though proxies answered four times in its place, after it was made', async () => {
    await inWorld(gateway, async ({ faults, query }) => {
      const effect = { type: 'response', status: 403, body: '<html>', when: 'after' } as const;
      faults.add({ service, operation, times: 4, effect });
      const { data } = await query(document, { input: mutation.input });
      expect(data.result).toEqual(success);
    });
  });

  test.concurrent.each([
    ['nothing', ''],
    ['an object that says nothing', '{}'],
    ['a part of an answer', '{'],
  ])('succeeds though %s is all that AWS answered', async (_what, body) => {
    await inWorld(gateway, async ({ faults, query }) => {
      const effect = { type: 'response', status: 200, body, requestId: true, when: 'after' } as const;
      faults.add({ service, operation, times: 1, effect });
      const { data } = await query(document, { input: mutation.input });
      expect(data.result).toEqual(success);
    });
  });
});

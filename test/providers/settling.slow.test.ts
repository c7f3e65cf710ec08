/** What became of a change whose answer was lost is found out, within the request. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { type Change, documentOf, outcomeOfRepeat } from '../support/mutations.ts';
import { allCreates, isUnique, settledChanges, single } from '../support/settled-changes.ts';

const creates = settledChanges.filter(({ field }) => field.startsWith('create'));
const deletes = settledChanges.filter(({ field }) => field.startsWith('delete'));

/** Each test has a gateway of its own, so that they can wait side by side; and time to settle on the slowest machine. */
async function withGateway<Result>(
  work: (gateway: TestGateway) => Promise<Result>,
  env: NodeJS.ProcessEnv = {},
): Promise<Result> {
  const gateway = await startTestGateway({ SETTLE_TIMEOUT_MS: '25000', ...env });
  try {
    return await work(gateway);
  } finally {
    await gateway.stop();
  }
}

async function run(gateway: TestGateway, { mutation }: Change, further: object = {}) {
  const { data, errors } = await gateway.query(documentOf(mutation), {
    input: { ...mutation.input, ...further },
  });
  expect(errors).toBeUndefined();
  return data.result;
}

function strike(gateway: TestGateway, { service, operation }: Change, effect: object, times = 1) {
  gateway.localAws.faults.add({ service, operation, times, effect } as never);
}

function callsOf(gateway: TestGateway, { operation }: Change): number {
  return gateway.localAws.requests.list().filter(request => request.operation === operation).length;
}

/** The service failed after it had done the work. */
const failedAfterwards = { type: 'exception', name: 'InternalFailure', status: 500, when: 'after' };

const timedOutAfterwards = { type: 'exception', name: 'RequestTimeout', status: 400, when: 'after' };

const success = (change: Change) => ({ __typename: `${change.mutation.typeName}Success` });

test('There are creates and deletes', () => {
  expect(creates.length).toBeGreaterThan(2);
  expect(deletes.length).toBeGreaterThan(1);
});

describe.concurrent.each(settledChanges)('$operation in $field', change => {
  test.concurrent.each([
    ['its connection broke after it had been made', { type: 'drop', when: 'after' }],
    ['its connection broke before it was made', { type: 'drop', when: 'before' }],
    ['AWS failed after it had been made', failedAfterwards],
    ['AWS ran out of time after it had been made, and called that the client’s mistake', timedOutAfterwards],
  ])('succeeds although %s, and is made once', async (_case, effect) => {
    await withGateway(async gateway => {
      strike(gateway, change, effect);
      expect(await run(gateway, change)).toEqual(success(change));
      // It was made: a second one is refused, or finds nothing to delete, unless it is welcome.
      const again = outcomeOfRepeat(change.mutation);
      expect(await run(gateway, change)).toMatchObject({ __typename: again });
    });
  });

  test.concurrent('succeeds although it was made only after its connection had broken', async () => {
    await withGateway(async gateway => {
      strike(gateway, change, { type: 'late', milliseconds: 1_000 });
      expect(await run(gateway, change)).toEqual(success(change));
      await sleep(1_500);
      const again = outcomeOfRepeat(change.mutation);
      expect(await run(gateway, change)).toMatchObject({ __typename: again });
    });
  });

  test.concurrent('succeeds although its answer did not come in time, and it was not made', async () => {
    await withGateway(
      async gateway => {
        strike(gateway, change, { type: 'latency', milliseconds: 1_600 });
        strike(gateway, change, { type: 'drop', when: 'before' });
        expect(await run(gateway, change)).toEqual(success(change));
      },
      { AWS_TIMEOUT_MS: '1500' },
    );
  });

  test.concurrent('succeeds although its answer did not come in time', async () => {
    await withGateway(
      async gateway => {
        strike(gateway, change, { type: 'latency', milliseconds: 2_500 });
        expect(await run(gateway, change)).toEqual(success(change));
      },
      { AWS_TIMEOUT_MS: '1500' },
    );
  });
});

const keyed = creates.filter(({ effect }) => effect === 'repeatableChange');

const refusing = keyed.filter(({ mutation }) => outcomeOfRepeat(mutation) === 'ConflictError');

describe.concurrent.each(refusing)('$operation in $field, which AWS recognises as a repeat,', change => {
  test.concurrent('meets a ConflictError when somebody had made the same before', async () => {
    await withGateway(async gateway => {
      expect(await run(gateway, change)).toEqual(success(change));
      strike(gateway, change, { type: 'drop', when: 'before' });
      expect(await run(gateway, change)).toMatchObject({
        __typename: 'ConflictError',
        reason: 'ALREADY_EXISTS',
        providerCode: 'ConflictException',
        retryable: false,
      });
    });
  });

  test.concurrent('is repeated only once more, when the lost attempt cannot land any longer, after AWS said that the same is there', async () => {
    await withGateway(
      async gateway => {
        expect(await run(gateway, change)).toEqual(success(change));
        const before = callsOf(gateway, change);
        strike(gateway, change, { type: 'latency', milliseconds: 2_000 });
        expect(await run(gateway, change)).toMatchObject({ __typename: 'ConflictError' });
        // The lost one, the SDK's repeat, and the last. Each further one could be lost as well, and be waited for in its turn.
        expect(callsOf(gateway, change) - before).toBe(3);
      },
      { AWS_TIMEOUT_MS: '1500' },
    );
  });
});

describe.concurrent.each(keyed)('$operation in $field, which AWS recognises as a repeat,', change => {
  test.concurrent('is repeated for longer than the SDK would', async () => {
    await withGateway(async gateway => {
      strike(gateway, change, { type: 'drop', when: 'after' }, 7);
      expect(await run(gateway, change)).toEqual(success(change));
    });
  });
});

const unkeyed = creates.filter(({ effect }) => effect === 'change');

describe.concurrent.each(unkeyed)(
  '$operation in $field, which AWS would not recognise as a repeat,',
  change => {
    test.concurrent('is not repeated when it was made', async () => {
      await withGateway(async gateway => {
        strike(gateway, change, { type: 'drop', when: 'after' });
        expect(await run(gateway, change)).toEqual(success(change));
        expect(callsOf(gateway, change)).toBe(1);
      });
    });

    test.concurrent('meets a ConflictError when somebody had made the same before', async () => {
      await withGateway(async gateway => {
        expect(await run(gateway, change)).toEqual(success(change));
        // The clock of AWS is known to whole seconds, with as much to spare.
        await sleep(3_100);
        strike(gateway, change, { type: 'drop', when: 'after' });
        expect(await run(gateway, change)).toMatchObject({
          __typename: 'ConflictError',
          reason: 'ALREADY_EXISTS',
          providerCode: null,
          requestId: null,
          retryable: false,
        });
        expect(callsOf(gateway, change)).toBe(2);
      });
    });

    test.concurrent('is not sent again when it may only take long', async () => {
      await withGateway(
        async gateway => {
          strike(gateway, change, { type: 'latency', milliseconds: 30_000 });
          expect(await run(gateway, change)).toMatchObject({
            __typename: 'ProviderFailureError',
            message: expect.stringContaining('did not answer in time. The outcome is unknown'),
          });
          expect(callsOf(gateway, change)).toBe(1);
        },
        { AWS_TIMEOUT_MS: '1500', SETTLE_TIMEOUT_MS: '4000' },
      );
    });

    test.concurrent('is made once although the first attempt lands after the repeat', async () => {
      await withGateway(async gateway => {
        strike(gateway, change, { type: 'late', milliseconds: 8_000 });
        expect(await run(gateway, change)).toEqual(success(change));
        expect(callsOf(gateway, change)).toBe(2);
        await sleep(6_000);
        expect(await run(gateway, change)).toMatchObject({
          __typename: 'ConflictError',
          reason: 'ALREADY_EXISTS',
        });
      });
    });

    test.concurrent('is sent again, with pauses, when AWS throttles the repeat', async () => {
      await withGateway(async gateway => {
        strike(gateway, change, { type: 'drop', when: 'before' });
        // The SDK tries three times.
        strike(gateway, change, { type: 'throttle' }, 3);
        expect(await run(gateway, change)).toEqual(success(change));
        expect(callsOf(gateway, change)).toBe(5);
      });
    });

    test.concurrent('is refused for certain when AWS throttles each repeat', async () => {
      await withGateway(
        async gateway => {
          strike(gateway, change, { type: 'drop', when: 'before' });
          strike(gateway, change, { type: 'throttle' }, 100);
          expect(await run(gateway, change)).toMatchObject({ __typename: 'ThrottledError', retryable: true });
        },
        { SETTLE_TIMEOUT_MS: '5000' },
      );
    });

    test.concurrent('is looked for again when AWS does not tell at once', async () => {
      await withGateway(async gateway => {
        const { mutation, service } = change;
        for (const { name } of mutation.aws.filter(({ effect }) => effect === 'read')) {
          gateway.localAws.faults.add({ service, operation: name, times: 4, effect: { type: 'throttle' } });
        }
        strike(gateway, change, { type: 'drop', when: 'after' });
        expect(await run(gateway, change)).toEqual(success(change));
      });
    });

    test.concurrent('tells what AWS says of the repeat when the first attempt was not made', async () => {
      await withGateway(async gateway => {
        strike(gateway, change, { type: 'drop', when: 'before' });
        strike(gateway, change, { type: 'exception', name: 'AccessDeniedException' });
        expect(await run(gateway, change)).toMatchObject({
          __typename: 'AccessDeniedError',
          providerCode: 'AccessDeniedException',
        });
        expect(callsOf(gateway, change)).toBe(2);
      });
    });

    test.concurrent('has an unknown outcome when AWS does not tell within SETTLE_TIMEOUT_MS', async () => {
      await withGateway(
        async gateway => {
          const { mutation, service } = change;
          for (const { name } of mutation.aws.filter(({ effect }) => effect === 'read')) {
            gateway.localAws.faults.add({
              service,
              operation: name,
              effect: { type: 'drop', when: 'before' },
            });
          }
          strike(gateway, change, { type: 'drop', when: 'after' });
          expect(await run(gateway, change)).toMatchObject({
            __typename: 'ProviderFailureError',
            message: expect.stringContaining('The outcome is unknown'),
            retryable: false,
          });
        },
        { SETTLE_TIMEOUT_MS: '1000' },
      );
    });
  },
);

test.concurrent.each(allCreates.filter(change => !isUnique(change)))(
  '$field makes the same as often as it is asked to, so that a lost answer leaves its outcome unknown',
  async change => {
    await withGateway(async gateway => {
      strike(gateway, change, { type: 'drop', when: 'after' });
      expect(await run(gateway, change)).toMatchObject({
        __typename: 'ProviderFailureError',
        message: expect.stringContaining('The outcome is unknown'),
        retryable: false,
      });
      expect(callsOf(gateway, change)).toBe(1);
    });
  },
);

/** Where AWS's refusal of a repeat says by itself that the change is made, and by which exception. */
const proven: ReadonlyMap<string, string> = new Map([
  ['createRekognitionCollection', 'ResourceAlreadyExistsException'],
  ['createChimeUser', 'ConflictException'],
  ['createIdentityStoreGroupMembership', 'ConflictException'],
  ['deleteRekognitionCollection', 'ResourceNotFoundException'],
  ['deleteIdentityStoreUser', 'ResourceNotFoundException'],
]);
const provable = single.filter(({ field }) => proven.has(field));

test('The changes whose repeat is refused as done are changes of the gateway', () => {
  expect(new Set(provable.map(({ field }) => field))).toEqual(new Set(proven.keys()));
});

test.concurrent.each(provable)(
  '$field has an unknown outcome when its repeat is refused as done, and AWS does not show it',
  async change => {
    await withGateway(
      async gateway => {
        strike(gateway, change, { type: 'drop', when: 'before' });
        const name = proven.get(change.field);
        strike(gateway, change, { type: 'exception', name, status: 400 }, 100);
        const { typeName } = change.mutation;
        const { data } = await gateway.query(
          `mutation ($input: ${typeName}Input!) {
            result: ${change.field}(input: $input) {
              __typename
              ... on ProviderFailureError { message outcomeUnknown retryable }
            }
          }`,
          { input: change.mutation.input },
        );
        expect(data.result).toEqual({
          __typename: 'ProviderFailureError',
          message: expect.stringContaining('The outcome is unknown'),
          outcomeUnknown: true,
          retryable: false,
        });
        expect(callsOf(gateway, change)).toBe(2);
      },
      { SETTLE_TIMEOUT_MS: '5000' },
    );
  },
);

describe('A user that has nothing to be looked for by', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  test('keeps an unknown outcome: a Chime user without an e-mail address', async () => {
    const change = creates.find(({ field }) => field === 'createChimeUser');
    if (!change) throw new Error('There is no createChimeUser.');
    strike(gateway, change, { type: 'drop', when: 'after' });
    expect(await run(gateway, change, { email: null, username: 'Meeting room' })).toMatchObject({
      __typename: 'ProviderFailureError',
      message:
        'Amazon Chime broke the connection before its answer was complete. The outcome is unknown: the change may or may not have been made. Look before you repeat it.',
      retryable: false,
    });
    expect(callsOf(gateway, change)).toBe(1);
  });
});

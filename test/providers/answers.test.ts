/** Answers that say "done" and do not tell what, or tell what cannot be. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceModel } from '../../src/aws/models/model.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { changes, documentOf } from '../support/mutations.ts';

const PRIVATE = 'margaret@example.com';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ SETTLE_TIMEOUT_MS: '0' });
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

function answerWith(service: string, operation: string, body: string, status = 200) {
  const effect = { type: 'response', status, body, contentType: 'application/json', requestId: true };
  gateway.localAws.faults.add({ service, operation, effect } as never);
}

const valuesOf: Readonly<Record<string, unknown>> = { text: PRIVATE, number: 5, list: [PRIVATE], yes: true };

/** Answers in which one member of a structure has a value of another type than the model's. */
function mistypedAnswers(model: ServiceModel, shape: string): [string, string][] {
  return Object.entries(model.shapes[shape]?.members ?? {}).flatMap(([member, { shape: of }]) => {
    const type = model.shapes[of]?.type ?? '';
    // The SDK makes an empty structure of a list.
    const fitting = { string: 'text', list: 'list', structure: 'list', boolean: 'yes', integer: 'number' }[
      type
    ];
    return Object.entries(valuesOf)
      .filter(([kind]) => kind !== fitting)
      .map(([, value]): [string, string] => [member, JSON.stringify({ [member]: value })]);
  });
}

const fittingOf: Readonly<Record<string, unknown>> = { integer: 200, list: [], structure: {} };

/** The type of a member of a structure. */
function typeOf(model: ServiceModel, shape: string, member: string): string {
  return model.shapes[model.shapes[shape]?.members?.[member]?.shape ?? '']?.type ?? '';
}

describe.each(changes)('$operation in $field', change => {
  const { mutation, service, operation, serviceName, model, effect } = change;
  const { typeName, input } = mutation;
  const output = model.operations[operation]?.output ?? '';
  const members = Object.keys(model.shapes[output]?.members ?? {});

  async function run() {
    const { data, errors } = await gateway.query(documentOf(mutation), { input });
    expect(errors).toBeUndefined();
    expect(JSON.stringify(gateway.log)).not.toContain(PRIVATE);
    return data.result;
  }

  const failure = {
    __typename: 'ProviderFailureError',
    code: 'PROVIDER_FAILURE',
    providerCode: null,
    requestId: null,
    retryable: false,
  };
  const advice = effect === 'idempotentChange' ? 'Repeating it is safe.' : 'Look before you repeat it.';
  const unknown = `The outcome is unknown: the change may or may not have been made. ${advice}`;

  test.each([
    ['nothing', '', 200],
    ['no content', '', 204],
    ['an empty object', '{}', 200],
  ])(
    `${members.length ? 'did what nobody knows' : 'succeeded'} when the answer is %s`,
    async (_, body, status) => {
      answerWith(service, operation, body, status);
      expect(await run()).toEqual(
        members.length === 0
          ? { __typename: `${typeName}Success` }
          : {
              ...failure,
              message: expect.stringMatching(
                new RegExp(
                  `^${serviceName} gave an answer without (?:(?: or )?(?:${members.join('|')}))+\\. ${unknown}$`,
                ),
              ),
            },
      );
    },
  );

  const mistyped = mistypedAnswers(model, output);
  test.runIf(mistyped.length > 0).each(mistyped)(
    'did what nobody knows when %s is not of its type, as in %s',
    async (member, body) => {
      const others = Object.fromEntries(
        members.map(name => [name, fittingOf[typeOf(model, output, name)] ?? 'id']),
      );
      const whole = { ...others, ...(JSON.parse(body) as object) };
      answerWith(service, operation, JSON.stringify(whole));
      const type = typeOf(model, output, member);
      expect(await run()).toEqual({
        ...failure,
        message: `${serviceName} gave an answer whose ${member} is not of the type ${type}. ${unknown}`,
      });
    },
  );
});

test.each([
  ['{"User":{}}', 'without UserId'],
  [`{"User":{"UserId":["${PRIVATE}"]}}`, 'whose UserId is not of the type string'],
])('A user whose answer is %s was made or not', async (body, flaw) => {
  answerWith('chime', 'CreateUser', body);
  const change = changes.find(({ field }) => field === 'createChimeUser');
  const { mutation } = change as (typeof changes)[number];
  const { data } = await gateway.query(documentOf(mutation), { input: mutation.input });
  expect(data.result).toMatchObject({
    __typename: 'ProviderFailureError',
    message: expect.stringContaining(`Amazon Chime gave an answer ${flaw}. The outcome is unknown`),
  });
});

const lists = `query {
  rekognitionCollection(collectionId: "employees") { users(first: 5) { edges { node { userId } } } }
}`;

test.each([
  ['{"Users":5}', 'whose Users is not of the type list'],
  [`{"Users":{"a":"${PRIVATE}"}}`, 'whose Users is not of the type list'],
  [`{"Users":["${PRIVATE}"]}`, 'whose Users is not of the type structure'],
  ['{"Users":[null]}', 'whose Users is not of the type structure'],
  [`{"Users":[{"UserId":{"a":"${PRIVATE}"}}]}`, 'whose UserId is not of the type string, in Users[0]'],
  ['{"Users":[{}]}', 'without UserId'],
])('A list whose answer is %s is a failure of AWS', async (body, flaw) => {
  answerWith('rekognition', 'ListUsers', body);
  const { errors } = await gateway.query(lists);
  expect(errors).toMatchObject([
    {
      message: `Amazon Rekognition gave an answer ${flaw}.`,
      extensions: { code: 'PROVIDER_FAILURE', retryable: false },
    },
  ]);
  expect(JSON.stringify(gateway.log)).not.toContain(PRIVATE);
});

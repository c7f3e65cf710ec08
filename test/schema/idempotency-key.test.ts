/** What the schema says of idempotency keys is what AWS's models and the gateway make of them. */
import { CreateAccountCommand, ListAccountsCommand } from '@aws-sdk/client-chime';
import { CreateAppInstanceCommand } from '@aws-sdk/client-chime-sdk-identity';
import { isInputObjectType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awsOperation } from '../../src/adapter/operation.ts';
import model from '../../src/aws/models/chime-sdk-identity.json' with { type: 'json' };
import { chime } from '../../src/providers/chime/service.ts';
import { CreateUser, DeleteUser, ListUsers } from '../../src/providers/rekognition/user/operations.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { idempotencyKeyDescription } from '../../src/schema/operation/idempotency-key.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, mutations } from '../support/mutations.ts';

const schema = assembleSchema();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

describe.each(mutations)('What the schema says of the key of $field', mutation => {
  const type = schema.getType(`${mutation.typeName}Input`);
  const said = (isInputObjectType(type) && type.getFields()['idempotencyKey']?.description) || '';

  async function run(idempotencyKey?: string) {
    const { data, errors } = await gateway.query(documentOf(mutation), {
      input: { ...mutation.input, idempotencyKey },
    });
    expect(errors).toBeUndefined();
    return data.result;
  }

  test('is the form that it has', async () => {
    const [, min, max] = /(\d+) to (\d+) letters, digits, "-" and "_"/.exec(said) ?? [];
    for (const [key, isGood] of [
      ['a'.repeat(Number(min) - 1), false],
      ['a'.repeat(Number(min)), true],
      ['-_Aa0'.padEnd(Number(max), 'x'), true],
      ['a'.repeat(Number(max) + 1), false],
      ['a.b', false],
    ] as const) {
      gateway.localAws.reset();
      const { __typename: typename, issues } = await run(key);
      const expected = isGood ? `${mutation.typeName}Success` : 'InvalidInputError';
      expect({ key, typename }).toEqual({ key, typename: expected });
      if (!isGood) {
        expect(issues.map(({ path }: { path: string[] }) => path)).toContainEqual(['idempotencyKey']);
      }
    }
  });

  test('is what becomes of a repeat', async () => {
    const [, error = `${mutation.typeName}Success`] = / meets an? (\w+)\.$/.exec(said) ?? [];
    const success = { __typename: `${mutation.typeName}Success` };
    expect(await run('once')).toMatchObject(success);
    const again = await run('once');
    // Of a batch, its item tells what it meets.
    if (!mutation.hasOutcomes) expect(again).toMatchObject({ __typename: error });
    if (error !== success.__typename) expect(mutation.errors).toContain(error);
  });
});

const none = 'AWS has no place for it in this operation, so a repeat is not recognised:';

test('A create is not said to meet an error that its model does not list', () => {
  const create = chime.operation(CreateAccountCommand, 'change');
  const list = chime.operation(ListAccountsCommand, 'read');
  expect(idempotencyKeyDescription('change', [create, list])).toBe(
    `A key of yours for this request: 1 to 64 letters, digits, "-" and "_". ${none} it is performed once more.`,
  );
});

test('A key of another form has it said, whatever is read beside the change', () => {
  const facts = { name: 'Test', provider: 'test', model, exceptions: {}, parallelLookUps: 1 };
  const create = awsOperation(facts, CreateAppInstanceCommand, 'change');
  const text =
    'Makes it safe to repeat the request: within the time that AWS remembers it, a repeat with the same key and ' +
    'input does nothing more and succeeds. ';
  expect(idempotencyKeyDescription('repeatableChange', [create, ListUsers])).toBe(
    `${text}2 to 64 letters, digits, "-" and "_". Sent to AWS as ClientRequestToken.`,
  );
  expect(idempotencyKeyDescription('repeatableChange', [create, CreateUser, DeleteUser])).toBe(
    `${text}2 to 64 letters, digits, "-" and "_", and 1 to 64 letters, digits, "-" and "_". Sent to AWS as ClientRequestToken.`,
  );
});

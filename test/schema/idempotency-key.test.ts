/** What the schema says of idempotency keys is what AWS's models and the gateway make of them. */
import { CreateAppInstanceCommand } from '@aws-sdk/client-chime-sdk-identity';
import { isInputObjectType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awsOperation } from '../../src/adapter/operation.ts';
import model from '../../src/aws/models/chime-sdk-identity.json' with { type: 'json' };
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
});

test('A key of another form has it said, whatever is read beside the change', () => {
  const facts = { name: 'Test', provider: 'test', model, exceptions: {}, parallelLookUps: 1 };
  const create = awsOperation(facts, CreateAppInstanceCommand, 'change');
  const text =
    'Makes it safe to repeat the request: a repeat with the same key and input does nothing more, and is answered with what came of the first.';
  const remembered = 'remembered for 24 hours unless the gateway is configured otherwise.';
  expect(idempotencyKeyDescription([create, ListUsers])).toBe(
    `${text} 2 to 64 letters, digits, "-" and "_"; ${remembered} AWS gets a hash of it and of who asks, as ClientRequestToken.`,
  );
  expect(idempotencyKeyDescription([create, CreateUser, DeleteUser], true)).toBe(
    `${text} Of a batch, items that failed for a reason that passes are tried again. 2 to 64 letters, digits, "-" and "_", and 1 to 64 letters, digits, "-" and "_"; ${remembered} AWS gets a hash of it and of who asks, as ClientRequestToken.`,
  );
});

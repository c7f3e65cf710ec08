/** Every constraint of AWS's models, on every member of every operation that local AWS has. */
import { afterAll, expect, test } from 'vitest';
import { shapeModel } from '../../src/aws/models/model.ts';
import { demoWorld, startLocalAws } from '../../src/local-aws/index.ts';
import { memberCases, refusalIn, refusalOf, refusals } from '../support/expected-refusals.ts';
import { sendTarget } from '../support/local-aws-clients.ts';
import { canSay, sendWire } from '../support/wire-requests.ts';

const local = await startLocalAws();
afterAll(() => local.stop());

test('The operations that local AWS has are found', () => {
  const served = Map.groupBy(memberCases, ({ model }) => model.service);
  expect([...served.keys()].toSorted()).toEqual(Object.keys(refusals).toSorted());
  expect(new Set(served.get('rekognition')?.map(({ operation }) => operation)).size).toBeGreaterThan(6);
});

test.each(memberCases)('$operation of $model.service keeps to the constraints of $at', async each => {
  const sayable = each.boundaries.filter(({ value }) =>
    canSay(each.member ?? {}, shapeModel(each.model, each.shape).type, value),
  );
  const answers = await Promise.all(
    sayable.map(({ value }) => sendWire(local.url, each.model, each.operation, each.place(value))),
  );
  expect(answers.map(refusalIn)).toEqual(
    sayable.map(({ value, broken }) => refusalOf([{ member: each, value, broken }])),
  );
});

const identityStoreId = demoWorld.identityStore.identityStoreId;

test('several broken constraints come back together, in the order of the members', async () => {
  const { json } = await sendTarget(local.url, 'RekognitionService.CreateUser', {
    UserId: 'a b',
    ClientRequestToken: '',
  });
  expect(json).toEqual({
    __type: 'ValidationException',
    Message:
      "4 validation errors detected: Value 'null' at 'collectionId' failed to satisfy constraint: Member must not be null; " +
      String.raw`Value 'a b' at 'userId' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.\-:]+; ` +
      "Value '' at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
      "Value '' at 'clientRequestToken' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9-_]+$",
  });
});

test('a list that is too long is refused beside what is wrong in it', async () => {
  const { message } = await sendTarget(local.url, 'AWSIdentityStore.CreateUser', {
    IdentityStoreId: identityStoreId,
    Emails: [{ Value: 'ada@example.com' }, null],
  });
  expect(message).toBe(
    "2 validation errors detected: Value 'null' at 'emails.2.member' failed to satisfy constraint: Member must not be null; " +
      "Value at 'emails' failed to satisfy constraint: Member must have length less than or equal to 1",
  );
});

test('a document that is missing is required', async () => {
  const { message } = await sendTarget(local.url, 'AWSIdentityStore.GetUserId', {
    IdentityStoreId: identityStoreId,
    AlternateIdentifier: { UniqueAttribute: { AttributePath: 'userName' } },
  });
  expect(message).toBe(
    "1 validation error detected: Value 'null' at 'alternateIdentifier.uniqueAttribute.attributeValue' failed to satisfy constraint: Member must not be null",
  );
});

test('a sensitive value is never repeated', async () => {
  const { text } = await sendTarget(local.url, 'AWSIdentityStore.CreateUser', {
    IdentityStoreId: identityStoreId,
    UserName: 'secret name',
    NickName: 'hush\u2028',
  });
  expect(text).toContain('2 validation errors detected');
  expect(text).not.toMatch(/secret|hush/);
});

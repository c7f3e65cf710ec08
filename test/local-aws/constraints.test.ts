/** Every constraint of AWS's models, on every member of every operation that local AWS has. */
import { afterAll, expect, test } from 'vitest';
import { type ServiceModel, shapeModel } from '../../src/aws/models/model.ts';
import { demoWorld, startLocalAws } from '../../src/local-aws/index.ts';
import type { Broken } from '../support/boundaries.ts';
import { type RawAnswer, sendTarget } from '../support/local-aws-clients.ts';
import { type RequestMember, requestMembers } from '../support/request-members.ts';
import { servedOperations } from '../support/served-operations.ts';
import { canSay, sendWire } from '../support/wire-requests.ts';

const local = await startLocalAws();
afterAll(() => local.stop());

/** The exception with which each service refuses a broken constraint. */
const refusals: Readonly<Record<string, string>> = {
  chime: 'BadRequestException',
  identitystore: 'ValidationException',
  rekognition: 'ValidationException',
};

interface Case extends RequestMember {
  readonly model: ServiceModel;
  readonly operation: string;
  readonly at: string;
}

const cases: readonly Case[] = (await servedOperations()).flatMap(({ model, operation }) =>
  requestMembers(model, operation).map(member => ({
    ...member,
    model,
    operation,
    at: memberPath(member.path) + (member.isMapKey ? "'s keys" : ''),
  })),
);

test('The operations that local AWS has are found', () => {
  const served = Map.groupBy(cases, ({ model }) => model.service);
  expect([...served.keys()].toSorted()).toEqual(Object.keys(refusals).toSorted());
  expect(new Set(served.get('rekognition')?.map(({ operation }) => operation)).size).toBeGreaterThan(6);
});

const jsonTypes: Readonly<Record<string, string>> = {
  string: 'a String',
  integer: 'an Integer',
  long: 'an Integer',
  float: 'a Float',
  double: 'a Float',
  boolean: 'a Boolean',
};

/** How AWS's front end words a member of a wrong JSON type. */
function wrongType(type: string, value: unknown): string {
  if (Array.isArray(value)) return 'Start of list found where not expected';
  if (typeof value === 'object') return 'Start of structure or map found where not expected';
  const wanted = jsonTypes[type];
  const found = typeof value === 'boolean' ? String(value) : typeof value;
  return wanted ? `${found.toUpperCase()}_VALUE can not be converted to ${wanted}` : 'Unexpected field type';
}

function constraintText(broken: Broken): string {
  switch (broken.kind) {
    case 'required':
      return 'Member must not be null';
    case 'min':
    case 'max': {
      const measure = broken.of === 'value' ? 'value' : 'length';
      return `Member must have ${measure} ${broken.kind === 'min' ? 'greater' : 'less'} than or equal to ${broken.bound}`;
    }
    case 'pattern':
      return `Member must satisfy regular expression pattern: ${broken.source.replace('\u00a0', String.raw`\u00A0`).replace('\u3000', String.raw`\u3000`)}`;
    case 'enum':
      return `Member must satisfy enum value set: [${broken.values.join(', ')}]`;
    case 'oneMember':
      return `Member must have exactly one of [${broken.members.join(', ')}]`;
    case 'type':
      throw new TypeError('A wrong type is told in another way.');
  }
}

/** Members start in lower case; list items are `member`s, counted from 1. */
function memberPath(path: RequestMember['path']): string {
  return path
    .map(part => {
      if (typeof part === 'number') return `${part + 1}.member`;
      return typeof part === 'string' ? part.charAt(0).toLowerCase() + part.slice(1) : part.key;
    })
    .join('.');
}

function shown({ model, shape }: Case, value: unknown): string {
  if (value === null || value === undefined) return " 'null'";
  return typeof value === 'object' || shapeModel(model, shape).sensitive
    ? ''
    : ` '${value as string | number}'`;
}

/** What AWS answers, or undefined where it accepts the member. */
function refusalOf(each: Case, value: unknown, broken: readonly Broken[]) {
  const [first] = broken;
  if (!first) return undefined;
  if (first.kind === 'type') {
    const sent = each.member?.location === 'querystring' ? String(value) : value;
    return { status: 400, exception: 'SerializationException', message: wrongType(first.of, sent) };
  }
  const parts = broken.map(constraint => {
    const text = constraintText(constraint);
    const said = each.isMapKey ? `Map keys must satisfy constraint: [${text}]` : text;
    return `Value${shown(each, value)} at '${memberPath(each.path)}' failed to satisfy constraint: ${said}`;
  });
  const count = parts.length === 1 ? '1 validation error' : `${parts.length} validation errors`;
  return {
    status: 400,
    exception: refusals[each.model.service],
    message: `${count} detected: ${parts.join('; ')}`,
  };
}

/** What the answer says of constraints: accepted members may yet name things that do not exist. */
function refusalIn({ status, exception, message }: RawAnswer) {
  const isRefusal =
    status >= 500 || exception === 'SerializationException' || message.includes('validation error');
  return isRefusal ? { status, exception, message } : undefined;
}

test.each(cases)('$operation of $model.service keeps to the constraints of $at', async each => {
  const sayable = each.boundaries.filter(({ value }) =>
    canSay(each.member ?? {}, shapeModel(each.model, each.shape).type, value),
  );
  const answers = await Promise.all(
    sayable.map(({ value }) => sendWire(local.url, each.model, each.operation, each.place(value))),
  );
  expect(answers.map(refusalIn)).toEqual(sayable.map(({ value, broken }) => refusalOf(each, value, broken)));
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

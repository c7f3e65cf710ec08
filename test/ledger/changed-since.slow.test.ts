/** A change under a key whose answer was lost undoes nothing, when it is repeated, of what others have done meanwhile. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Pair, startPair } from '../support/gateway-pair.ts';
import { examples } from '../support/mutations.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
beforeEach(() => pair.gateway.localAws.reset());
afterAll(() => pair.stop());

/** What came later than this after a call was done by others, however much clocks differ. */
const CLEARLY_LATER_MS = 2_500;

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
async function ask(url: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as { data: unknown }).data;
}

async function change(url: string, field: string, input: object): Promise<Record<string, unknown>> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const { result } = await ask(
    url,
    `mutation ($input: ${type}!) { result: ${field}(input: $input) { __typename ... on ProviderFailureError { outcomeUnknown } } }`,
    { input },
  );
  return result;
}

const inputOf = (field: string): object => examples[field]?.args['input'] as object;

/** Has a change be performed, or not, and its answer get lost; then its repeat comes, from another gateway. */
async function loseAnswer(field: string, operation: string, when: 'before' | 'after', input: object) {
  const { gateway, other } = pair;
  const keyed = { ...input, idempotencyKey: randomUUID() };
  // As often as the SDK sends what may be repeated.
  gateway.localAws.faults.add({ operation, times: 3, effect: { type: 'drop', when } });
  const lost = { __typename: 'ProviderFailureError', outcomeUnknown: true };
  expect(await change(gateway.url, field, keyed)).toEqual(lost);
  gateway.localAws.faults.clear();
  const calls = () =>
    gateway.localAws.requests.list().filter(request => request.operation === operation).length;
  const known = calls();
  return {
    lost,
    success: { __typename: `${field.charAt(0).toUpperCase()}${field.slice(1)}Success` },
    repeat: () => change(other.url, field, keyed),
    calls: () => calls() - known,
  };
}

describe('What others have made anew is not deleted', () => {
  const collectionId = 'employees';
  const user = inputOf('deleteChimeSdkAppInstanceUser') as { readonly appInstanceUserArn: string };
  const [appInstanceArn = '', appInstanceUserId = ''] = user.appInstanceUserArn.split('/user/');
  const admin = inputOf('deleteChimeSdkAppInstanceAdmin');

  it.each([
    [
      'deleteRekognitionCollection',
      'DeleteCollection',
      { collectionId },
      ['createRekognitionCollection', { collectionId }],
      `{ found: rekognitionCollection(collectionId: "${collectionId}") { collectionId } }`,
    ],
    [
      'deleteChimeSdkAppInstanceUser',
      'DeleteAppInstanceUser',
      user,
      ['createChimeSdkAppInstanceUser', { appInstanceArn, appInstanceUserId, name: 'Another' }],
      `{ found: chimeSdkAppInstanceUser(appInstanceUserArn: "${user.appInstanceUserArn}") { name } }`,
    ],
    [
      'deleteChimeSdkAppInstanceAdmin',
      'DeleteAppInstanceAdmin',
      admin,
      ['createChimeSdkAppInstanceAdmin', admin],
      `{ found: chimeSdkAppInstance(appInstanceArn: "${appInstanceArn}") { admins { edges { node { name } } } } }`,
    ],
  ] as const)('by %s', async (field, operation, input, [create, anew], document) => {
    const { success, repeat, calls } = await loseAnswer(field, operation, 'after', input);
    await setTimeout(CLEARLY_LATER_MS);
    const made = await change(pair.gateway.url, create, anew);
    expect(made).toMatchObject({ __typename: expect.stringMatching(/Success$/) });
    const { found } = await ask(pair.gateway.url, document);
    expect(found).not.toBeNull();
    expect(await repeat()).toEqual(success);
    expect(calls()).toBe(0);
    expect(await ask(pair.gateway.url, document)).toEqual({ found });
  });
});

describe('An update', () => {
  const user = inputOf('updateChimeSdkAppInstanceUser') as { readonly appInstanceUserArn: string };
  const { appInstanceUserArn } = user;
  const [appInstanceArn = ''] = appInstanceUserArn.split('/user/');
  const store = 'd-9067012345';
  const userKey = '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1';
  const { groupId } = inputOf('updateIdentityStoreGroup') as { readonly groupId: string };
  const updates = [
    [
      'updateIdentityStoreUser',
      'UpdateUser',
      { identityStoreId: store, userId: userKey },
      'title',
      `{ found: identityStoreUser(by: { userName: "ada" }) { value: title } }`,
    ],
    [
      'updateIdentityStoreGroup',
      'UpdateGroup',
      { identityStoreId: store, groupId },
      'description',
      `{ found: identityStoreGroup(by: { groupId: "${groupId}" }) { value: description } }`,
    ],
    [
      'updateChimeSdkAppInstanceUser',
      'UpdateAppInstanceUser',
      { appInstanceUserArn, metadata: 'M' },
      'name',
      `{ found: chimeSdkAppInstanceUser(appInstanceUserArn: "${appInstanceUserArn}") { value: name } }`,
    ],
    [
      'updateChimeSdkAppInstance',
      'UpdateAppInstance',
      { appInstanceArn, metadata: 'M' },
      'name',
      `{ found: chimeSdkAppInstance(appInstanceArn: "${appInstanceArn}") { value: name } }`,
    ],
  ] as const;

  it.each(updates)('that was made is not sent again: %s', async (field, operation, key, member, document) => {
    const asked = { ...key, [member]: 'Asked' };
    const { success, repeat, calls } = await loseAnswer(field, operation, 'after', asked);
    expect(await repeat()).toEqual(success);
    expect(calls()).toBe(0);
    expect(await ask(pair.gateway.url, document)).toEqual({ found: { value: 'Asked' } });
  });

  it.each(updates)('that was not made is sent: %s', async (field, operation, key, member, document) => {
    await setTimeout(CLEARLY_LATER_MS);
    const asked = { ...key, [member]: 'Asked' };
    const { success, repeat, calls } = await loseAnswer(field, operation, 'before', asked);
    expect(await repeat()).toEqual(success);
    expect(calls()).toBe(1);
    expect(await ask(pair.gateway.url, document)).toEqual({ found: { value: 'Asked' } });
  });

  it.each(updates)('stays unknown where others changed it since: %s', async (...update) => {
    const [field, operation, key, member, document] = update;
    const asked = { ...key, [member]: 'Asked' };
    const { lost, repeat, calls } = await loseAnswer(field, operation, 'after', asked);
    await setTimeout(CLEARLY_LATER_MS);
    await change(pair.gateway.url, field, { ...key, [member]: 'Newer' });
    expect(calls()).toBe(1);
    expect(await repeat()).toEqual(lost);
    expect(calls()).toBe(1);
    expect(await ask(pair.gateway.url, document)).toEqual({ found: { value: 'Newer' } });
  });
});

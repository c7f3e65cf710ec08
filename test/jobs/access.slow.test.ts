/** Who may see bulk jobs, have them tried again, and cancel them: who may ask for them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../support/global-ids.ts';
import { everywhere, type Rights, useJobCallers } from '../support/job-callers.ts';

const { as, change, jobOf, seen } = useJobCallers();

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

describe('A job of a face collection', () => {
  const scope = 'rekognition:users:create';
  const input = 'collectionId: "employees", source: { rows: [{ userId: "one" }] }';
  let id: string;
  beforeAll(async () => {
    id = await jobOf({ scope: '*' }, 'importRekognitionUsers', input);
  });

  it.each<Rights>([
    { scope },
    { scope: '*' },
    { scope, resources: ['*'] },
    { scope, resources: ['rekognition:*'] },
    { scope, resources: ['chime:account/1', 'rekognition:collection/employees'] },
    { scope, resources: ['rekognition:coll*ployees'] },
    { sub: 'bob', scope: `${scope} jobs:read` },
    { sub: 'bob', scope: `${scope} jobs:*`, resources: ['rekognition:collection/employees'] },
  ])('is shown to who may ask for it: %j', async rights => {
    expect(await seen(rights, id)).toEqual(everywhere);
  });

  it.each<Rights>([
    { scope: '' },
    { scope: 'jobs:* audit:read' },
    { scope: 'rekognition:users:read rekognition:users:delete jobs:*' },
    { scope, resources: [] },
    { scope, resources: ['rekognition:collection/other'] },
    { scope, resources: ['rekognition:collection/employees-2', 'rekognition:collection/_mployees'] },
    { scope, resources: [`identity-store:*`] },
    { sub: 'bob', scope },
    { sub: undefined, client_id: 'ada', scope },
    { sub: 'bob', scope: 'jobs:*' },
    { sub: 'bob', scope: `${scope} jobs:*`, resources: ['rekognition:collection/other'] },
  ])('is shown to nobody else, on no way: %j', async rights => {
    expect(await seen(rights, id)).toEqual([]);
  });

  it.each([
    [{ scope: '' }, `The caller lacks the scope "${scope}".`],
    [
      { scope, resources: ['rekognition:collection/other'] },
      'The caller is limited to some resources, of which rekognition:collection/employees is none.',
    ],
  ])('tells on node and nodes who asked for it why it is not shown: %j', async (rights, message) => {
    const nothing = globalId('Job', '00000000-0000-4000-8000-000000000000');
    const document = `{ node(id: "${id}") { id } nodes(ids: ["${nothing}", "${id}"]) { id } }`;
    const error = { message, extensions: { code: 'ACCESS_DENIED', retryable: false } };
    expect(await as(rights, document)).toMatchObject({
      data: { node: null, nodes: [null, null] },
      errors: [
        { ...error, path: ['node'] },
        { ...error, path: ['nodes', 1] },
      ],
    });
    expect(await as({ ...rights, sub: 'bob' }, document)).toEqual({
      data: { node: null, nodes: [null, null] },
    });
  });

  it.each([
    [
      { scope: '' },
      { __typename: 'AccessDeniedError', message: `The caller lacks the scope "${scope}".`, scope },
    ],
    [
      { scope, resources: ['rekognition:collection/other'] },
      {
        __typename: 'AccessDeniedError',
        message:
          'The caller is limited to some resources, of which rekognition:collection/employees is none.',
        scope: null,
      },
    ],
    [
      { sub: 'bob', scope },
      { __typename: 'NotFoundError', message: 'There is no such job.' },
    ],
    [
      { sub: 'bob', scope: 'jobs:*' },
      { __typename: 'NotFoundError', message: 'There is no such job.' },
    ],
    [
      { sub: 'bob', scope: `${scope} jobs:read` },
      {
        __typename: 'AccessDeniedError',
        message: 'The caller lacks the scope "jobs:manage", which the jobs of others take.',
        scope: 'jobs:manage',
      },
    ],
    [
      { sub: 'bob', scope: `${scope} jobs:*`, resources: ['rekognition:collection/employees'] },
      { __typename: 'ConflictError' },
    ],
    [{ scope }, { __typename: 'ConflictError' }],
  ])('is cancelled and tried again by who may ask for it alone: %j', async (rights, expected) => {
    for (const name of ['cancelJob', 'retryJob'] as const) {
      expect(await change(name, rights, id)).toMatchObject(expected);
    }
  });
});

describe('A job that took more than its own scope', () => {
  const [create, update] = ['identity-store:users:create', 'identity-store:users:update'];
  const [add, remove] = ['identity-store:memberships:create', 'identity-store:memberships:delete'];
  const row = 'userName: "grace", displayName: "x", name: { givenName: "x", familyName: "x" }';

  it.each([
    [
      'importIdentityStoreUsers',
      `source: { rows: [{ ${row}, groups: [{ displayName: "Engineers" }] }] }`,
      [create, add],
    ],
    ['importIdentityStoreUsers', `onExisting: UPDATE, source: { rows: [{ ${row} }] }`, [create, update]],
    [
      'changeGroupMemberships',
      'source: { rows: [{ change: REMOVE, user: { userName: "ada" }, group: { displayName: "Engineers" } }] }',
      [add, remove],
    ],
    [
      'exportIdentityStoreUsers',
      'groups: true',
      ['identity-store:users:read', 'identity-store:memberships:read', 'identity-store:groups:read'],
    ],
  ])('is shown to who has all of that: %s with %s', async (field, input, scopes) => {
    const id = await jobOf({ scope: '*' }, field, input);
    expect(await seen({ scope: scopes.join(' ') }, id)).toEqual(everywhere);
    for (const missing of scopes) {
      const scope = scopes.filter(each => each !== missing).join(' ');
      expect(await seen({ scope }, id)).toEqual([]);
      expect(await change('retryJob', { scope }, id)).toEqual({
        __typename: 'AccessDeniedError',
        message: `The caller lacks the scope "${missing}".`,
        scope: missing,
      });
    }
  });
});

describe('The list of jobs', () => {
  it('has full pages of what is shown, and nothing between', async () => {
    const scope = 'rekognition:users:create';
    const pager = { sub: 'pager', scope: '*' };
    const kept: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      kept.unshift(
        await jobOf(
          pager,
          'importRekognitionUsers',
          'collectionId: "employees", dryRun: true, source: { rows: [{ userId: "a" }] }',
        ),
      );
      await jobOf(pager, 'exportRekognitionUsers', 'collectionId: "employees"');
    }
    const pages: string[][] = [];
    for (let after = ''; ; ) {
      const { data } = await as(
        { sub: 'pager', scope },
        `{ jobs(first: 2${after}) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
      );
      const { edges, pageInfo } = data.jobs;
      pages.push(edges.map(({ node }: Loose) => node.id));
      if (!pageInfo.hasNextPage) break;
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(pages).toEqual([kept.slice(0, 2), kept.slice(2, 4), kept.slice(4)]);
  });
});

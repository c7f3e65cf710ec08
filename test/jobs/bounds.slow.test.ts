/** Bulk jobs of tokens that are limited to some resources, and what such tokens see of others' jobs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { inputLiteral } from '../support/everything.ts';
import { everywhere, useJobCallers } from '../support/job-callers.ts';

const { gateway, as, jobOf, seen } = useJobCallers();

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

const storeId = 'd-9067012345';
const group = (id: string) => `identity-store:${storeId}/group/${id}`;

describe('A job of a token that is limited to groups', () => {
  const scope = 'identity-store:memberships:create';
  let [engineers, others, user] = ['', '', ''];
  beforeAll(async () => {
    const { data } = await as(
      { scope: '*' },
      '{ identityStoreGroups { edges { node { groupId } } } identityStoreUsers { edges { node { userId } } } }',
    );
    [engineers, others] = data.identityStoreGroups.edges.map(({ node }: Loose) => node.groupId);
    user = data.identityStoreUsers.edges.at(-1).node.userId;
  });

  const rowIn = (name: string) =>
    `source: { rows: [{ change: ADD, user: { userId: "${user}" }, group: { ${name} } }] }`;

  it('is shown to tokens that are limited to these, to more, or to all that it names', async () => {
    const id = await jobOf(
      { scope, resources: [group(engineers)] },
      'changeGroupMemberships',
      rowIn(`groupId: "${engineers}"`),
    );
    for (const resources of [
      undefined,
      [group(engineers)],
      [group(others), group(engineers)],
      [group('*')],
      [`identity-store:${storeId}`],
    ]) {
      expect(await seen({ scope, ...(resources && { resources }) }, id)).toEqual(everywhere);
    }
    for (const resources of [[group(others)], [`identity-store:${storeId}/user/*`], ['rekognition:*'], []]) {
      expect(await seen({ scope, resources }, id)).toEqual([]);
    }
  });

  it('cannot name a group otherwise than by its id, and is told why', async () => {
    const { data } = await as(
      { scope, resources: [group('*')] },
      `mutation { result: changeGroupMemberships(input: { ${rowIn('displayName: "Engineers"')} }) { ... on ChangeGroupMembershipsSuccess { job { state rows { edges { node { error { message } } } } } } } }`,
    );
    const message = `The caller is limited to some resources, of which identity-store:${storeId} is none.`;
    expect(data.result.job).toEqual({
      state: 'INVALID',
      rows: { edges: [{ node: { error: { message } } }] },
    });
  });

  it('is not shown to them if it was asked for with less bounds', async () => {
    const id = await jobOf({ scope }, 'changeGroupMemberships', rowIn(`groupId: "${engineers}"`));
    expect(await seen({ scope, resources: [group(engineers)] }, id)).toEqual([]);
    expect(await seen({ scope, resources: [`identity-store:${storeId}`] }, id)).toEqual(everywhere);
  });
});

describe('A job out of the bounds of the token', () => {
  const kinds = operations().filter(({ kind }) => kind === 'job');

  it.each(kinds.map(({ name }) => name))('is refused at once, and not kept: %s', async name => {
    const [input = ''] = /^\{(.*)\}$/s.exec(inputLiteral(name))?.slice(1) ?? [];
    const provider = kinds.find(kind => kind.name === name)?.provider ?? '';
    for (const resources of [
      [`${provider}:collection/other`, `${provider}:other`],
      ['chime-sdk-identity:*'],
      [],
    ]) {
      const { data } = await as(
        { sub: 'limited', scope: '*', resources },
        `mutation { result: ${name}(input: { ${input} }) { __typename ... on Error { message } } }`,
      );
      expect(data.result).toEqual({
        __typename: 'AccessDeniedError',
        message: expect.stringMatching(
          new RegExp(`^The caller is limited to some resources, of which ${provider}:\\S+ is none\\.$`),
        ),
      });
    }
    const rows = await gateway.database.sql(
      "select from vestibule.job where operation = $1 and authority ->> 'logName' = $2",
      [name, 'limited'],
    );
    expect(rows).toEqual([]);
  });
});

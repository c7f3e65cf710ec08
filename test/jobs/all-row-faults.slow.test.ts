/** All that is wrong with a row is told at once. */
import { describe, expect, it } from 'vitest';
import { askWithFile, endOfJob, useJobGateway } from '../support/jobs.ts';
import { accountId, newUser, rowOf, tooLong } from '../support/row-cases.ts';

const gateway = useJobGateway();

it('What is wrong with the user, the group and the rest of a row is told together', async () => {
  const { error } = await rowOf(gateway, {
    name: 'importIdentityStoreUsers',
    input: {},
    cells: { ...newUser, userName: tooLong, 'groups.0.displayName': tooLong, 'groups.1.groupId': 'x' },
  });
  expect(error.issues.map(({ path }: { path: readonly string[] }) => path.join('.'))).toEqual([
    'userName',
    'groups.0.displayName',
    'groups.1.groupId',
  ]);
});

describe('All that is wrong with a row is told together', () => {
  const uuid = 'must be a UUID, or ten hexadecimal digits, "-" and a UUID.';
  const noChange =
    'Give at least one of userName, name, displayName, nickName, profileUrl, emails, addresses, phoneNumbers, userType, title, preferredLanguage, locale, timezone, photos, website, birthdate, roles, extensions to change.';

  it.each<{
    readonly name: string;
    readonly input?: object;
    readonly format: 'csv' | 'ndjson';
    /** The lines of a file, and what is wrong with the rows. */
    readonly rows: readonly (readonly [line: string, ...told: readonly string[]])[];
  }>([
    {
      name: 'importIdentityStoreUsers',
      format: 'csv',
      rows: [
        ['userName,displayName,name.givenName,name.familyName,emails.0.value,emails.0.primary'],
        [
          'bob,,,Family,a@example.com,maybe',
          'emails.0.primary must be of type Boolean.',
          'displayName is required.',
          'name.givenName is required.',
        ],
        [
          'BOB,,Given,Family,A@example.com,true',
          'userName names the same as line 2 does.',
          'emails.0.value names the same as line 2 does.',
          'displayName is required.',
        ],
        ['other,Other,Given,Family,A@example.com,', 'emails.0.value names the same as line 2 does.'],
        ['right,Right,Given,Family,,'],
      ],
    },
    {
      name: 'importIdentityStoreUsers',
      format: 'ndjson',
      rows: [
        [
          '{"userName":"a\\u0000b","name":3,"displayName":"a","displayName":"b","groups":["x",{"groupId":"y"}]}',
          'displayName is there more than once.',
          'name must be an object.',
          'groups.0 must be an object.',
          'userName must not have the character U+0000.',
          `groups.1.groupId ${uuid}`,
        ],
        [
          '{"userName":5,"displayName":"d","emails":[{"primary":"x"},{"value":"a@example.com"}]}',
          'userName must be of type String.',
          'emails.0.primary must be of type Boolean.',
          'emails must have at most 1 entry.',
          'name.givenName is required.',
          'name.familyName is required.',
        ],
        ['[]', 'The line must be a JSON object.'],
      ],
    },
    {
      name: 'updateIdentityStoreUsers',
      format: 'ndjson',
      rows: [
        ['{}', 'user is required.', noChange],
        [
          '{"user":{},"title":5}',
          'user must have exactly one of userId, userName, email.',
          'title must be of type String.',
        ],
        ['{"user":{"userId":2}}', 'user.userId must be of type String.', noChange],
        [
          '{"user":{"userId":"x","nickName":"y"},"name":{"givenName":5}}',
          'user.nickName is unknown: right would be one of userId, userName, email.',
          'name.givenName must be of type String.',
          `user.userId ${uuid}`,
          'name.familyName is required.',
        ],
      ],
    },
    {
      name: 'changeGroupMemberships',
      format: 'csv',
      rows: [
        ['user.userId,group.groupId,change'],
        ['x,y,PUT', 'change must be one of ADD, REMOVE.', `group.groupId ${uuid}`, `user.userId ${uuid}`],
        // That neither names a user makes them no two of the same.
        [',y,ADD', 'user is required.', `group.groupId ${uuid}`],
        [',y,ADD', 'user is required.', `group.groupId ${uuid}`],
      ],
    },
    {
      name: 'importChimeUsers',
      input: { accountId },
      format: 'csv',
      rows: [
        ['email,userType'],
        [
          `${tooLong},Boss`,
          'userType must be one of PRIVATE_USER, SHARED_DEVICE.',
          'email must be an e-mail address such as ada@example.com.',
        ],
      ],
    },
  ])('$name: $format', async ({ name, input = {}, format, rows }) => {
    const text = rows.map(([line]) => `${line}\n`).join('');
    const { job } = await askWithFile(gateway, name, input, { format, text });
    const end = await endOfJob(gateway, job.id);
    const isHeader = (at: number) => format === 'csv' && at === 0;
    const expected = rows.flatMap(([, ...told], at) => (isHeader(at) ? [] : [[at + 1, told]]));
    const told = end.rows.map(({ line, error }: { line: number; error: { issues: object[] } | null }) => [
      line,
      (error?.issues ?? []).map(issue => (issue as { readonly message: string }).message),
    ]);
    expect(told).toEqual(expected);
  });
});

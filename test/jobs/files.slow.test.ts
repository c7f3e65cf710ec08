/** Files of rows, as people's programs write them and as they arrive: whole, wrong or cut off. */
import { describe, expect, it } from 'vitest';
import { askWithFile, endOfJob, useJobGateway } from '../support/jobs.ts';

const gateway = useJobGateway();

const askWithLines = (name: string, input: object, lines: readonly string[]) =>
  askWithFile(gateway, name, input, { format: 'csv', text: lines.join('\r\n') });

/** The lines of a file of two users, with a further column perhaps. */
const linesOf = (column: string, ...cells: readonly string[]) => [
  `userName,displayName,name.givenName,name.familyName${column}`,
  ...['one', 'two'].map((name, at) => `${name},${name},Given,Family${cells[at] ?? ''}`),
];

describe('A file whose last line has no end', () => {
  const refused = {
    __typename: 'InvalidInputError',
    issues: [
      {
        path: ['source', 'csv'],
        message:
          'Line 3, the last one, has no line break at its end, so that nobody can tell whether the file was cut off: add one if it is whole.',
      },
    ],
  };

  it.each([
    ['deleteIdentityStoreUsers', {}, ['user.userName', 'ada', 'al']],
    ['deleteRekognitionUsers', { collectionId: 'employees' }, ['userId', 'ada', 'al']],
    ['updateIdentityStoreUsers', {}, ['user.userName,title', 'ada,Countess', 'alan,Ma']],
    [
      'changeGroupMemberships',
      {},
      ['change,user.userName,group.displayName', 'ADD,ada,Engineers', 'ADD,alan,Engineer'],
    ],
    ['importIdentityStoreUsers', { onExisting: 'UPDATE' }, linesOf('')],
    ['importIdentityStoreUsers', {}, linesOf(',groups.0.displayName', ',Engineers', ',Engineer')],
    ['importIdentityStoreUsers', {}, linesOf(',groups.0.displayName', ',Engineers', ',')],
    ['importIdentityStoreUsers', {}, linesOf(',title,groups.0.displayName', ',x,Engineers', ',x,')],
    [
      'importChimeUsers',
      { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890', onExisting: 'UPDATE' },
      ['email', 'a@example.com', 'b@example.co'],
    ],
  ])('is refused for %s, which changes what is there or lets somebody in: %j', async (name, input, lines) => {
    expect(await askWithLines(name, input, lines)).toMatchObject(refused);
    expect(await askWithLines(name, input, [...lines, ''])).not.toMatchObject({
      __typename: 'InvalidInputError',
    });
  });

  it.each([
    ['importIdentityStoreUsers', { dryRun: true }, linesOf('')],
    ['importRekognitionUsers', { collectionId: 'employees', dryRun: true }, ['userId', 'one', 'two']],
  ])('is taken for %s, which creates', async (name, input, lines) => {
    expect(await askWithLines(name, input, lines)).toMatchObject({
      job: { counts: { total: 2, invalid: 0 } },
    });
  });
});

describe('A file', () => {
  const header = 'userName,displayName,name.givenName,name.familyName,emails.0.value,groups.0.displayName';

  it('of a spreadsheet is read: with a mark, CRLF and quotes', async () => {
    const text = `\uFEFF${header}\r\n"sheet","Sheet, the ""first""",Given,Family,sheet@example.com,Engineers\r\n`;
    const { job } = await askWithFile(gateway, 'importIdentityStoreUsers', {}, { format: 'csv', text });
    expect(await endOfJob(gateway, job.id)).toMatchObject({
      state: 'COMPLETED',
      rows: [{ line: 2, action: 'CREATE' }],
    });
    const { data } = await gateway.query('{ identityStoreUser(by: { userName: "sheet" }) { displayName } }');
    expect(data.identityStoreUser).toEqual({ displayName: 'Sheet, the "first"' });
  });

  it('has each fault told with its line and its column', async () => {
    const text = `${header}\none,One,Given,Family,,\n,Two,Given,,two@example.com,\n`;
    const { job } = await askWithFile(gateway, 'importIdentityStoreUsers', {}, { format: 'csv', text });
    const { state, rows } = await endOfJob(gateway, job.id);
    expect(state).toBe('INVALID');
    expect(rows[1]).toMatchObject({
      line: 3,
      outcome: 'INVALID',
      error: {
        issues: [
          { path: ['userName'], message: 'userName is required.' },
          { path: ['name', 'familyName'], message: 'name.familyName is required.' },
        ],
      },
    });
    expect(gateway.calls()).toEqual([]);
  });

  it.each([
    ['semicolons', `${header.replaceAll(',', ';')}\none;One;Given;Family;;\n`, /semicolons/],
    ['an unknown column', `${header},shoeSize\none,One,Given,Family,,,42\n`, /shoeSize/],
    ['no rows', `${header}\n`, /row/],
    ['an end that is cut off', `${header}\none,"One`, /quote/],
    ['a last line that breaks off', `${header}\none,One,Given`, /^Line 2, the last one, breaks off/],
  ])('with %s is refused as a whole', async (_what, text, words) => {
    const refused = await askWithFile(gateway, 'importIdentityStoreUsers', {}, { format: 'csv', text });
    expect(refused).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path: ['source', 'csv'], message: expect.stringMatching(words) }],
    });
    expect(gateway.calls()).toEqual([]);
  });
});

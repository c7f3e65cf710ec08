/** How much memory files of many rows can take that come at the same time. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';
import { spawnGateway } from '../support/process.ts';

const FILES = 10;
const ROWS = 40_000;

let database: OwnDatabase;
beforeAll(async () => {
  database = await ownDatabase();
});
afterAll(() => database.drop());

const query = `mutation ($input: ImportRekognitionUsersInput!) {
  result: importRekognitionUsers(input: $input) { ... on ImportRekognitionUsersSuccess { job { counts { total } } } } }`;

async function upload(url: string, file: string): Promise<unknown> {
  const form = new FormData();
  const variables = { input: { collectionId: 'employees', source: { csv: null } } };
  form.append('operations', JSON.stringify({ query, variables }));
  form.append('map', '{"0":["variables.input.source.csv"]}');
  form.append('0', new Blob([file]), 'rows.csv');
  const headers = { 'graphql-require-preflight': '1' };
  return (await fetch(url, { method: 'POST', headers, body: form })).json();
}

it('Ten of forty thousand rows are received with a heap of 80 MB, each row once', {
  timeout: 240_000,
}, async () => {
  const program = spawnGateway({
    ...database.env,
    PORT: '0',
    LOCAL_AWS_DATA: ':memory:',
    LOG_LEVEL: 'error',
    AUDIT: 'off',
    NODE_OPTIONS: '--max-old-space-size=80',
  });
  const url = await program.url;
  const rows = Array.from({ length: ROWS }, (_, at) => `user-${at}`);
  const file = ['userId', ...rows].join('\n');
  const answers = await Promise.all(Array.from({ length: FILES }, () => upload(url, file)));
  const received = { data: { result: { job: { counts: { total: ROWS } } } } };
  expect(answers).toEqual(Array.from({ length: FILES }, () => received));
  expect(program.child.exitCode ?? program.child.signalCode).toBeNull();
});

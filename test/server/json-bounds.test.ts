/** How much the JSON of a request may hold, wherever it stands. */
import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { json, type Sent, send } from '../support/http.ts';

const gateway = useGateway();

const refused = (limit: string, maximum: number, message: string) => ({
  status: 400,
  body: { errors: [{ message, extensions: { code: 'REQUEST_TOO_LARGE', limit, maximum } }] },
});

const tooDeep = refused(
  'jsonNesting',
  100,
  'The JSON of the request has more than 100 levels of lists and objects within one another, and may have 100.',
);

const tooMany = (maximum: number) =>
  refused(
    'jsonValues',
    maximum,
    `The JSON of the request has more than ${maximum} values, and JSON of its size may have ${maximum}.`,
  );

const answered = { status: 200, body: { data: { __typename: 'Query' } } };

/** Brackets in texts are no levels. */
const nested = (levels: number) => `${'["]\\"",'.repeat(levels - 1)}[ ]${']'.repeat(levels - 1)}`;
const wrapped = (levels: number) => `${'{"a":'.repeat(levels - 1)}{ }${'}'.repeat(levels - 1)}`;
const flat = (values: number) => `[${Array.from({ length: values - 2 }, () => '[ ]').join()},""]`;

const inBody = (member: string, value: string) => json(`{"query":"{__typename}","${member}":${value}}`);
const inAddress = (member: string, value: string): Sent => ({
  method: 'GET',
  path: `/graphql?query=%7B__typename%7D&${member}=${encodeURIComponent(value)}`,
});

const part = (name: string, value: string) =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
function inForm(operations: string, map = '{}'): Sent {
  const body = `${part('operations', operations)}${part('map', map)}--x--\r\n`;
  const headers = {
    'content-type': 'multipart/form-data; boundary=x',
    'graphql-require-preflight': '1',
    'content-length': String(body.length),
  };
  return { headers, body };
}
const inOperations = (_member: string, value: string) =>
  inForm(`{"query":"{__typename}","variables":{"a":${value}}}`);

test.each([
  ['the variables of a body', 'variables', inBody, 1],
  ['the extensions of a body', 'extensions', inBody, 1],
  ['the variables of an address', 'variables', inAddress, 0],
  ['the extensions of an address', 'extensions', inAddress, 0],
  ['the operations of an upload', 'variables', inOperations, 2],
] as const)('%s may have 100 levels within one another and no more', async (_where, member, sent, above) => {
  // The second time, the document is known.
  for (let sight = 0; sight < 2; sight += 1) {
    expect(await send(gateway.url, sent(member, wrapped(100 - above)))).toMatchObject(answered);
    expect(await send(gateway.url, sent(member, wrapped(101 - above)))).toMatchObject(tooDeep);
    expect(await send(gateway.url, sent(member, `{"a":${nested(101 - above)}}`))).toMatchObject(tooDeep);
  }
});

test.each([
  // The object, its document, the variables, and what they hold.
  ['a body', inBody, 3],
  ['an address', inAddress, 1],
  ['the operations of an upload', inOperations, 3],
] as const)('%s may have 1,000 values and no more, however short it is', async (_where, sent, others) => {
  const of = (values: number) => (sent === inOperations ? flat(values) : `{"a":${flat(values)}}`);
  expect(await send(gateway.url, sent('variables', of(1_000 - others)))).toMatchObject(answered);
  expect(await send(gateway.url, sent('variables', of(1_001 - others)))).toMatchObject(tooMany(1_000));
});

test.each([
  ['A body', (operations: string) => json(operations)],
  ['The operations of an upload', (operations: string) => inForm(operations)],
] as const)('%s may have a value for each 8 of the bytes and no more', async (_what, sent) => {
  const padded = (values: number) =>
    sent(`{"query":"{__typename}","variables":{"a":${flat(values - 3)}}}`.padEnd(80_000));
  expect(await send(gateway.url, padded(10_000))).toMatchObject(answered);
  expect(await send(gateway.url, padded(10_001))).toMatchObject(tooMany(10_000));
});

test('The largest body has room for rows with the shortest ids', async () => {
  const rows = Array.from({ length: 60_000 }, () => '{"userId":"ab"}').join();
  expect(await send(gateway.url, inBody('variables', `{"rows":[${rows}]}`))).toMatchObject(answered);
});

const batch = (levels: number) => json(`[{"query":"{__typename}","variables":${wrapped(levels)}}]`);

test('A batch is looked at before it is refused', async () => {
  expect(await send(gateway.url, batch(99))).toMatchObject(tooDeep);
  expect(await send(gateway.url, batch(98))).toMatchObject({
    status: 400,
    body: { errors: [{ message: 'Batching is not supported.' }] },
  });
});

test('The map of an upload may not be nested deeper either', async () => {
  const map = `{"0":${nested(100)}}`;
  expect(await send(gateway.url, inForm('{"query":"{__typename}"}', map))).toMatchObject(tooDeep);
});

test('Those who subscribe are refused as others', async () => {
  const { body, headers } = json(
    `{"query":"subscription { jobProgress(id: \\"x\\") { state } }","variables":${wrapped(100)}}`,
  );
  const sent = { body, headers: { ...headers, accept: 'text/event-stream' } } as Sent;
  expect(await send(gateway.url, sent)).toMatchObject(tooDeep);
});

test('Brackets within texts are none, and neither are those of what ends too early', async () => {
  const text = JSON.stringify({ a: `\\"${'['.repeat(200)}`, b: '{,'.repeat(600) });
  expect(await send(gateway.url, inBody('variables', text))).toMatchObject(answered);
  for (const broken of [']', '}}', '"', '"\\', '']) {
    expect(await send(gateway.url, json(broken))).toMatchObject({ status: 400 });
  }
});

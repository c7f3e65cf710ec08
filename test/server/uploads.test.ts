/** Files that come with requests, by the GraphQL multipart request specification. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { picture } from '../support/images.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ MAX_BODY_BYTES: '4096', MAX_UPLOAD_FILES: '2' });
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const query = `mutation ($input: IndexRekognitionFacesInput!) {
  result: indexRekognitionFaces(input: $input) {
    __typename
    ... on IndexRekognitionFacesSuccess { faceRecords { face { externalImageId } } }
    ... on InvalidInputError { issues { path message } }
  }
}`;

const variables = {
  input: { collectionId: 'employees', image: { upload: null }, externalImageId: 'uploaded' },
};

const usual = {
  operations: JSON.stringify({ query, variables }),
  map: '{"0": ["variables.input.image.upload"]}',
};
const preflight = { 'graphql-require-preflight': '1' };

function form(
  fields: Readonly<Record<string, string | Uint8Array>>,
  ...files: readonly Uint8Array[]
): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    made.append(name, typeof value === 'string' ? value : new Blob([value as never]));
  }
  for (const [at, file] of files.entries()) made.append(String(at), new Blob([file as never]), `${at}.png`);
  return made;
}

async function sent(body: FormData | string, headers: Record<string, string> = preflight) {
  const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
}

const indexed = {
  status: 200,
  body: {
    data: {
      result: {
        __typename: 'IndexRekognitionFacesSuccess',
        faceRecords: [{ face: { externalImageId: 'uploaded' } }],
      },
    },
  },
};

const refused = (status: number, message: string, facts: object = {}) => ({
  status,
  body: {
    errors: [
      { message, extensions: { code: status === 413 ? 'REQUEST_TOO_LARGE' : 'BAD_REQUEST', ...facts } },
    ],
  },
});

const issue = (message: string) => ({
  status: 200,
  body: {
    data: {
      result: { __typename: 'InvalidInputError', issues: [{ path: ['image', 'upload'], message }] },
    },
  },
});

describe('A file', () => {
  test.each(['graphql-require-preflight', 'apollo-require-preflight', 'x-apollo-operation-name'])(
    'comes to AWS with the header %s, whether its document is known or not',
    async header => {
      expect(await sent(form(usual, picture()), { [header]: 'x' })).toEqual(indexed);
      expect(await sent(form(usual, picture(80, 80, 9)), { [header]: 'x' })).toEqual(indexed);
      expect(gateway.calls()).toEqual(['IndexFaces', 'IndexFaces']);
    },
  );

  test('of 5 MiB is not too large, though requests without files may have 4096 bytes', async () => {
    const largest = Buffer.concat([picture(), Buffer.alloc(5_242_880 - picture().length)]);
    expect(await sent(form(usual, largest))).toEqual(indexed);
    expect(await sent(form(usual, Buffer.concat([largest, Buffer.alloc(1)])))).toEqual(
      issue('image.upload must have at most 5242880 bytes.'),
    );
  });

  test('can be searched by, in a query', async () => {
    const search = `query ($by: SearchRekognitionFacesBy!) {
      searchRekognitionFaces(collectionId: "employees", by: $by) { matches { similarity } } }`;
    const operations = JSON.stringify({ query: search, variables: { by: { image: { upload: null } } } });
    const map = '{"0": ["variables.by.image.upload"]}';
    expect(await sent(form({ operations, map }, picture()))).toEqual({
      status: 200,
      body: { data: { searchRekognitionFaces: { matches: [] } } },
    });
  });

  test('that is no image is refused where the caller gave it, and nothing of it is logged', async () => {
    expect(await sent(form(usual, Buffer.from('%PDF lovelace')))).toEqual(
      issue('image.upload must be a JPEG or PNG image.'),
    );
    expect(await sent(form(usual, Buffer.alloc(0)))).toEqual(issue('image.upload must not be empty.'));
    expect(gateway.calls()).toEqual([]);
    expect(JSON.stringify(gateway.log)).not.toContain('lovelace');
  });

  test('has to come with the request that names it', async () => {
    const input = { ...variables.input, image: { upload: '0' } };
    const body = JSON.stringify({ query, variables: { input } });
    expect(await sent(body, { 'content-type': 'application/json' })).toEqual(
      issue('image.upload must be a file that comes with the request.'),
    );
  });
});

test.each(['0.12345678901234567891', '12345678901234567890'])(
  'The number %s in a form is not rounded, as it is not in a body of JSON',
  async number => {
    const operations = `{"query":${JSON.stringify(`mutation ($extensions: JSONObject!) {
      result: createIdentityStoreUser(input: {
        userName: "new", displayName: "New", name: { givenName: "New", familyName: "User" }, extensions: $extensions
      }) { __typename ... on InvalidInputError { issues { path message } } }
    }`)},"variables":{"extensions":{"aws:identitystore:enterprise":{"n":${number}}}}}`;
    const answer = {
      status: 200,
      body: {
        data: {
          result: {
            __typename: 'InvalidInputError',
            issues: [
              {
                path: ['extensions', 'aws:identitystore:enterprise', 'n'],
                message:
                  'extensions.aws:identitystore:enterprise.n must be a number that needs no rounding, from -9007199254740991 to 9007199254740991; write any other as a string.',
              },
            ],
          },
        },
      },
    };
    expect(await sent(operations, { 'content-type': 'application/json' })).toEqual(answer);
    // The second time, the document is known.
    for (let sight = 0; sight < 2; sight += 1)
      expect(await sent(form({ operations, map: '{}' }))).toEqual(answer);
    expect(gateway.calls()).toEqual([]);
  },
);

const noPreflight =
  'Send files with the header "graphql-require-preflight: 1", which no web page of another site can send unasked.';

test.each([[{}], [{ 'graphql-require-preflight': '' }], [{ 'x-requested-with': 'x' }]])(
  'A form that a web page of another site could send is refused: %j',
  async headers => {
    expect(await sent(form(usual, picture()), headers)).toEqual(refused(400, noPreflight));
    expect(gateway.calls()).toEqual([]);
  },
);

const latin1 = Buffer.from(usual.operations.replace('uploaded', 'Jürgen'), 'latin1');

describe('A form is refused', () => {
  test.each<[string, () => FormData, string]>([
    ['without operations', () => form({ map: usual.map }, picture()), 'has no part "operations".'],
    ['without a map', () => form({ operations: usual.operations }, picture()), 'has no part "map".'],
    ['without the file', () => form(usual), 'has no file "0", which its "map" names.'],
    [
      'with operations that are no JSON',
      () => form({ ...usual, operations: '{' }),
      'has a part "operations" that is no JSON object.',
    ],
    [
      'with several operations',
      () => form({ ...usual, operations: '[]' }),
      'has a part "operations" that is no JSON object.',
    ],
    [
      'with a map that is none',
      () => form({ ...usual, map: 'null' }, picture()),
      'has a part "map" that is no JSON object.',
    ],
    [
      'with a map of no lists',
      () => form({ ...usual, map: '{"0": "x"}' }, picture()),
      'has something else than lists of paths in its "map".',
    ],
    [
      'with a third field',
      () => form({ ...usual, more: 'x' }, picture()),
      'has other parts than "operations", "map" and files.',
    ],
  ])('%s', async (_what, made, words) => {
    expect(await sent(made())).toEqual(refused(400, `The request with files ${words}`));
  });

  test.each([
    [
      'operations',
      'variables.input.collectionId',
      {
        operations: usual.operations.replace('"collectionId"', '"collectionId":"contractors","collectionId"'),
      },
    ],
    ['operations', 'query', { operations: usual.operations.replace('{', '{"query":"{ __typename }",') }],
    ['a map', '0', { map: '{"0":["variables.input.image.upload"],"0":["variables.input.externalImageId"]}' }],
  ])('whose %s have two members of the name %s, as a body of JSON is', async (_what, doubled, part) => {
    const message = `The request has two members of the name ${doubled}, and may have one.`;
    expect(await sent(form({ ...usual, ...part }, picture()))).toEqual(refused(400, message));
    if (!('operations' in part)) return;
    expect(await sent(part.operations, { 'content-type': 'application/json' })).toEqual(
      refused(400, message),
    );
    expect(gateway.calls()).toEqual([]);
  });

  test.each([
    'variables.input.image',
    'variables.input.image.bytes',
    'variables.input.__proto__.upload',
    'variables',
    'query',
    'operationName',
    '',
  ])('whose map leads to "%s"', async path => {
    const map = JSON.stringify({ 0: [path] });
    const operations = JSON.stringify({ query, variables, operationName: null });
    expect(await sent(form({ operations, map }, picture()))).toEqual(
      refused(
        400,
        `The request with files has a "map" that leads to "${path}", where its "operations" have no null among the variables.`,
      ),
    );
  });

  test('with operations that are not UTF-8', async () => {
    const boundary = 'x';
    const part = (name: string, value: Buffer | string, more = '') =>
      Buffer.concat([
        Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`),
        Buffer.from(value),
        Buffer.from('\r\n'),
      ]);
    const body = Buffer.concat([
      part('operations', latin1),
      part('map', usual.map),
      part('0', picture(), '; filename="0.png"'),
      Buffer.from(`--${boundary}--\r\n`),
    ]);
    const headers = { ...preflight, 'content-type': `multipart/form-data; boundary=${boundary}` };
    expect(await sent(body as never, headers)).toEqual(
      refused(400, 'The request with files has a part "operations" that is not valid UTF-8.'),
    );
    // Cut off, or with another boundary, it is none.
    const unreadable = refused(400, 'The request with files is no form that can be read.');
    expect(await sent(body.subarray(0, 200) as never, headers)).toEqual(unreadable);
    expect(await sent('', { ...preflight, 'content-type': 'multipart/form-data' })).toEqual(unreadable);
  });

  test('with more files, more bytes or larger operations than may be', async () => {
    const three = [picture(), picture(), picture()];
    expect(await sent(form(usual, ...three))).toEqual(
      refused(413, 'The request has more than 2 files, and no more are accepted.', {
        limit: 'uploadFiles',
        maximum: 2,
      }),
    );
    const operations = usual.operations.replace('{', `{${' '.repeat(4_096)}`);
    expect(await sent(form({ ...usual, operations }, picture()))).toEqual(
      refused(413, 'The request has more than 4096 bytes in one of its parts, and no more are accepted.', {
        limit: 'bodyBytes',
        maximum: 4_096,
      }),
    );
    const tooLarge = await sent(form(usual, Buffer.alloc(33_554_432)));
    expect(tooLarge).toMatchObject({
      status: 413,
      body: { errors: [{ extensions: { limit: 'uploadBytes', maximum: 33_554_432 } }] },
    });
    expect(gateway.calls()).toEqual([]);
  });
});

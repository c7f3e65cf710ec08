import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { type RawAnswer, send, sendTarget, useLocalAws } from './clients.ts';

const aws = useLocalAws();
const CollectionId = 'employees';
const { identityStoreId: IdentityStoreId, users: demoUsers } = demoWorld.identityStore;
const { accountId } = demoWorld.chime;

/** One character for AWS, two UTF-16 units for JavaScript. */
const emoji = '😀';
const visible = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`;
const text = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r \u00A0\u3000]+`;

type Body = Record<string, unknown>;
const rekognition = (operation: string) => (body: Body) =>
  sendTarget(aws.local.url, `RekognitionService.${operation}`, body);
const identityStore = (operation: string) => (body: Body) =>
  sendTarget(aws.local.url, `AWSIdentityStore.${operation}`, { IdentityStoreId, ...body });
const createIdentityStoreUser = (body: Body) =>
  identityStore('CreateUser')({
    UserName: `user-${Math.random()}`,
    DisplayName: 'x',
    ...body,
    Name: { GivenName: 'x', FamilyName: 'x', ...(body.Name as Body | undefined) },
  });
const post = (path: string) => (body: Body) =>
  send(aws.local.url, path, { method: 'POST', body: JSON.stringify(body) });
const get =
  (path: string) =>
  ({ query }: { query?: string }) =>
    send(aws.local.url, `${path}?${query}`);

const atLeast = (length: number) => `Member must have length greater than or equal to ${length}`;
const atMost = (length: number) => `Member must have length less than or equal to ${length}`;
const notBelow = (value: number) => `Member must have value greater than or equal to ${value}`;
const notAbove = (value: number) => `Member must have value less than or equal to ${value}`;
const like = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`;

/** Accepted: anything but a broken constraint; many of these name things that do not exist. */
function expectAccepted({ status, exception, message }: RawAnswer): void {
  expect(message).not.toContain('validation error');
  expect(exception).not.toBe('SerializationException');
  expect(status).toBeLessThan(500);
}

function expectRefused(
  { status, exception, message }: RawAnswer,
  name: string,
  member: string,
  broken: string[],
) {
  expect(status).toBe(400);
  expect(exception).toBe(name);
  expect(message).toMatch(new RegExp(`^${broken.length} validation errors? detected: `));
  const [, ...parts] = message.split(/Value(?: null| '[\s\S]*?')? at /);
  expect(parts.map(part => part.replace(/; $/, ''))).toEqual(
    broken.map(constraint => `'${member}' failed to satisfy constraint: ${constraint}`),
  );
}

const tagKeys = (broken: string) => `Map keys must satisfy constraint: [${broken}]`;

function tags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
}

const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function extensions(count: number): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `aws:identitystore:${String.fromCharCode(97 + index)}`,
      { index },
    ]),
  );
}

interface Case {
  readonly send: (body: never) => Promise<RawAnswer>;
  readonly member: string;
  readonly make: (value: unknown) => unknown;
  readonly accepted: readonly unknown[];
  readonly refused: readonly (readonly [value: unknown, ...broken: string[]])[];
}

function suite(exception: string, cases: readonly Case[]): void {
  test.each(cases.map(each => [each.member, each] as const))('%s', async (member, each) => {
    for (const value of each.accepted) expectAccepted(await each.send(each.make(value) as never));
    for (const [value, ...broken] of each.refused) {
      expectRefused(await each.send(each.make(value) as never), exception, member, broken);
    }
  });
}

describe('Rekognition', () => {
  const collectionPattern = String.raw`[a-zA-Z0-9_.\-]+`;
  const userPattern = String.raw`[a-zA-Z0-9_.\-:]+`;
  const tokenPattern = '^[a-zA-Z0-9-_]+$';
  const tagKeyPattern = String.raw`^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`;
  suite('InvalidParameterException', [
    {
      send: rekognition('DescribeCollection'),
      member: 'collectionId',
      make: value => ({ CollectionId: value }),
      accepted: ['a', '._-Z9', 'a'.repeat(255)],
      refused: [
        [undefined, 'Member must not be null'],
        [null, 'Member must not be null'],
        ['', atLeast(1), like(collectionPattern)],
        ['a'.repeat(256), atMost(255)],
        ['a:b', like(collectionPattern)],
        ['a\n', like(collectionPattern)],
        ['é', like(collectionPattern)],
      ],
    },
    {
      send: rekognition('CreateUser'),
      member: 'userId',
      make: value => ({ CollectionId, UserId: value }),
      accepted: ['a', 'a:b', 'a'.repeat(128)],
      refused: [
        [undefined, 'Member must not be null'],
        ['', atLeast(1), like(userPattern)],
        ['a'.repeat(129), atMost(128)],
        [emoji.repeat(128), like(userPattern)],
        ['a b', like(userPattern)],
      ],
    },
    {
      send: rekognition('CreateUser'),
      member: 'clientRequestToken',
      make: value => ({ CollectionId, UserId: `u${Math.random()}`, ClientRequestToken: value }),
      accepted: ['a', 'a'.repeat(64), '-_9'],
      refused: [
        ['', atLeast(1), like(tokenPattern)],
        ['a'.repeat(65), atMost(64)],
        ['a.b', like(tokenPattern)],
      ],
    },
    {
      send: rekognition('ListUsers'),
      member: 'maxResults',
      make: value => ({ CollectionId, MaxResults: value }),
      accepted: [1, 500],
      refused: [
        [0, notBelow(1)],
        [501, notAbove(500)],
      ],
    },
    {
      send: rekognition('ListCollections'),
      member: 'maxResults',
      make: value => ({ MaxResults: value }),
      accepted: [0, 4096],
      refused: [
        [-1, notBelow(0)],
        [4097, notAbove(4096)],
      ],
    },
    {
      send: rekognition('ListUsers'),
      member: 'nextToken',
      make: value => ({ CollectionId, NextToken: value }),
      accepted: ['', 'a'.repeat(255)],
      refused: [['a'.repeat(256), atMost(255)]],
    },
    {
      send: rekognition('CreateCollection'),
      member: 'tags',
      make: value => ({ CollectionId, Tags: value }),
      accepted: [{}, { ['k'.repeat(128)]: '' }, { 'a b': 'v'.repeat(256) }, tags(200)],
      refused: [
        [tags(201), atMost(200)],
        [{ '': 'v' }, tagKeys(atLeast(1))],
        [{ ['k'.repeat(129)]: 'v' }, tagKeys(atMost(128))],
        [{ 'aws:x': 'v' }, tagKeys(like(tagKeyPattern))],
      ],
    },
    {
      send: rekognition('CreateCollection'),
      member: 'tags.k',
      make: value => ({ CollectionId, Tags: { k: value } }),
      accepted: [],
      refused: [
        ['v'.repeat(257), atMost(256)],
        [null, 'Member must not be null'],
        ['*', like(String.raw`^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$`)],
      ],
    },
  ]);
});

describe('Identity Store', () => {
  const storePattern = 'd-[0-9a-f]{10}$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
  const idPattern =
    '([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}';
  const extensionPattern = 'aws:identitystore:[a-z]{1,20}';
  const profileText = (member: string, make: (value: unknown) => unknown): Case => ({
    send: createIdentityStoreUser,
    member,
    make,
    accepted: ['a', 'a\t\n\r \u00a0\u3000é', emoji.repeat(1024), 'e\u0301'],
    refused: [
      ['', atLeast(1), like(text)],
      ['a'.repeat(1025), atMost(1024)],
      [emoji.repeat(1025), atMost(1024)],
      ['a\u2028b', like(text)],
      ['a\u0000b', like(text)],
      ['\ud83d', like(text)],
    ],
  });
  const list = (name: string, max: number, item: Body = { Value: 'x' }): Case => ({
    send: createIdentityStoreUser,
    member: lower(name),
    make: count => ({
      [name]: Array.from({ length: count as number }, (_, n) => ({ ...item, Type: `t${n}` })),
    }),
    accepted: [max],
    refused: [
      [0, atLeast(1)],
      [max + 1, atMost(max)],
    ],
  });
  const plain = [
    'DisplayName',
    'NickName',
    'ProfileUrl',
    'UserType',
    'Title',
    'PreferredLanguage',
    'Locale',
    'Timezone',
    'Website',
    'Birthdate',
  ];
  const nested: Record<string, readonly string[]> = {
    Emails: ['Value', 'Type'],
    Addresses: ['StreetAddress', 'Locality', 'Region', 'PostalCode', 'Country', 'Formatted', 'Type'],
    PhoneNumbers: ['Value', 'Type'],
    Photos: ['Value', 'Type', 'Display'],
    Roles: ['Value', 'Type'],
  };
  suite('ValidationException', [
    {
      send: identityStore('ListUsers'),
      member: 'identityStoreId',
      make: value => ({ IdentityStoreId: value }),
      accepted: ['d-0123456789', 'd-abcdef0123', '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'],
      refused: [
        [null, 'Member must not be null'],
        ['', atLeast(1), like(storePattern)],
        ['d-012345678', like(storePattern)],
        ['d-ABCDEF0123', like(storePattern)],
        ['d-0123456789\n', like(storePattern)],
        ['a'.repeat(37), atMost(36), like(storePattern)],
      ],
    },
    {
      send: identityStore('DescribeUser'),
      member: 'userId',
      make: value => ({ UserId: value }),
      accepted: [demoUsers[0].userId, '0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9'],
      refused: [
        [undefined, 'Member must not be null'],
        ['', atLeast(1), like(idPattern)],
        [`${demoUsers[0].userId}0`, atMost(47), like(idPattern)],
        ['ada', like(idPattern)],
      ],
    },
    {
      send: createIdentityStoreUser,
      member: 'userName',
      make: value => ({ UserName: value }),
      accepted: ['a', emoji.repeat(128), 'x'.repeat(128), 'Zoë@example.com'],
      refused: [
        ['', atLeast(1), like(visible)],
        ['a'.repeat(129), atMost(128)],
        [emoji.repeat(129), atMost(128)],
        ['a b', like(visible)],
        ['\ud83d', like(visible)],
      ],
    },
    ...plain.map(name => profileText(lower(name), value => ({ [name]: value }))),
    ...['Formatted', 'FamilyName', 'GivenName', 'MiddleName', 'HonorificPrefix', 'HonorificSuffix'].map(
      name => profileText(`name.${lower(name)}`, value => ({ Name: { [name]: value } })),
    ),
    ...Object.entries(nested).flatMap(([name, members]) =>
      members.map(member => ({
        ...profileText(`${lower(name)}.1.member.${lower(member)}`, value => ({
          [name]: [{ ...(name === 'Photos' && { Value: 'x' }), [member]: value }],
        })),
        // The same e-mail address twice would be a conflict, which is not what this asks.
        ...(name === 'Emails' && member === 'Value' && { accepted: [`${emoji.repeat(1023)}m`] }),
      })),
    ),
    list('Emails', 1, {}),
    list('Addresses', 1, {}),
    list('PhoneNumbers', 1),
    list('Photos', 3),
    list('Roles', 1),
    {
      send: createIdentityStoreUser,
      member: 'photos.2.member.value',
      make: value => ({ Photos: [{ Value: 'x' }, { Value: value }] }),
      accepted: [],
      refused: [[null, 'Member must not be null']],
    },
    {
      send: createIdentityStoreUser,
      member: 'extensions',
      make: value => ({ Extensions: value }),
      accepted: [extensions(1), extensions(10), { [`aws:identitystore:${'a'.repeat(20)}`]: [null] }],
      refused: [
        [{}, atLeast(1)],
        [extensions(11), atMost(10)],
        [
          { [`aws:identitystore:${'a'.repeat(21)}`]: 1 },
          `Map keys must satisfy constraint: [${like(extensionPattern)}]`,
        ],
      ],
    },
    {
      send: identityStore('ListUsers'),
      member: 'extensions',
      make: count => ({ Extensions: Object.keys(extensions(count as number)) }),
      accepted: [1, 10],
      refused: [
        [0, atLeast(1)],
        [11, atMost(10)],
      ],
    },
    {
      send: identityStore('ListUsers'),
      member: 'maxResults',
      make: value => ({ MaxResults: value }),
      accepted: [1, 100],
      refused: [
        [0, notBelow(1)],
        [101, notAbove(100)],
      ],
    },
    {
      send: identityStore('ListUsers'),
      member: 'nextToken',
      make: value => ({ NextToken: value }),
      accepted: ['a', 'a'.repeat(65535)],
      refused: [
        ['', atLeast(1)],
        ['a'.repeat(65536), atMost(65535)],
        ['a b', like('[-a-zA-Z0-9+=/:_]*')],
      ],
    },
    {
      send: identityStore('ListUsers'),
      member: 'filters',
      make: count => ({
        Filters: Array.from({ length: count as number }, () => ({
          AttributePath: 'UserName',
          AttributeValue: 'x',
        })),
      }),
      accepted: [0, 1],
      refused: [[2, atMost(1)]],
    },
    {
      send: identityStore('GetUserId'),
      member: 'alternateIdentifier.externalId.id',
      make: value => ({ AlternateIdentifier: { ExternalId: { Issuer: 'x', Id: value } } }),
      accepted: ['a', emoji.repeat(256)],
      refused: [
        [undefined, 'Member must not be null'],
        ['', atLeast(1), like(visible)],
        ['a'.repeat(257), atMost(256)],
        ['a b', like(visible)],
      ],
    },
    {
      send: identityStore('GetUserId'),
      member: 'alternateIdentifier.uniqueAttribute.attributePath',
      make: value => ({
        AlternateIdentifier: { UniqueAttribute: { AttributePath: value, AttributeValue: 'x' } },
      }),
      accepted: ['userName', 'emails.value', 'a'.repeat(255)],
      refused: [
        ['a'.repeat(256), atMost(255)],
        ['emails[0]', like(String.raw`(?:\p{L}+:\p{L}+:\p{L}+(?:\.\p{L}+){0,3}|\p{L}+(?:\.\p{L}+){0,2})`)],
      ],
    },
  ]);

  test('never repeats a sensitive value', async () => {
    const { text: body } = await createIdentityStoreUser({ UserName: 'secret name', NickName: 'hush\u2028' });
    expect(body).toContain('2 validation errors detected');
    expect(body).not.toMatch(/secret|hush/);
  });
});

describe('Chime', () => {
  const email = String.raw`.+@.+\..+`;
  const notBlank = String.raw`.*\S.*`;
  const users = `/accounts/${accountId}/users`;
  suite('BadRequestException', [
    {
      send: post('/accounts'),
      member: 'name',
      make: value => ({ Name: value }),
      accepted: ['a', ' a ', emoji.repeat(100), 'a'.repeat(100)],
      refused: [
        [undefined, 'Member must not be null'],
        ['', atLeast(1), like(notBlank)],
        [' ', like(notBlank)],
        ['a'.repeat(101), atMost(100)],
        [emoji.repeat(101), atMost(100)],
      ],
    },
    {
      send: post(`${users}?operation=create`),
      member: 'email',
      make: value => ({ Email: value }),
      accepted: ['a@b.c', 'a b@c d.e', '@@@..'],
      refused: [
        ['', like(email)],
        ['a@b', like(email)],
        ['@b.c', like(email)],
        ['a@.c', like(email)],
        ['a@b.', like(email)],
        ['a@b.c\n', like(email)],
      ],
    },
    {
      send: post(`${users}?operation=create`),
      member: 'userType',
      make: value => ({ UserType: value }),
      accepted: ['PrivateUser', 'SharedDevice'],
      refused: [['Robot', 'Member must satisfy enum value set: [PrivateUser, SharedDevice]']],
    },
    {
      send: post('/accounts/%20/users?operation=create'),
      member: 'accountId',
      make: () => ({}),
      accepted: [],
      refused: [[' ', like(notBlank)]],
    },
    {
      send: get(users),
      member: 'maxResults',
      make: value => ({ query: `max-results=${String(value)}` }),
      accepted: [1, 200],
      refused: [
        [0, notBelow(1)],
        [201, notAbove(200)],
      ],
    },
    {
      send: get('/accounts'),
      member: 'userEmail',
      make: value => ({ query: `user-email=${String(value)}` }),
      accepted: ['a%40b.c'],
      refused: [['nobody', like(email)]],
    },
  ]);
});

test('several broken constraints come back together, in the order of the members', async () => {
  const { json } = await sendTarget(aws.local.url, 'RekognitionService.CreateUser', {
    UserId: 'a b',
    ClientRequestToken: '',
  });
  expect(json).toEqual({
    __type: 'InvalidParameterException',
    Code: 'InvalidParameterException',
    Message:
      "4 validation errors detected: Value null at 'collectionId' failed to satisfy constraint: Member must not be null; " +
      String.raw`Value 'a b' at 'userId' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.\-:]+; ` +
      "Value '' at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
      "Value '' at 'clientRequestToken' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9-_]+$",
  });
});

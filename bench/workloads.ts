/** What is asked of every contestant: as GraphQL requests, and as the AWS calls that they come to. */
import { COLLECTION_ID, IDENTITY_STORE_ID } from './environment.ts';

export const workloadNames = [
  'create',
  'createEveryMember',
  'nodes',
  'page',
  'conflict',
  'tenCreates',
] as const;
export type WorkloadName = (typeof workloadNames)[number];

/** What the upstream holds and a workload refers to. */
export interface World {
  /** 50 users of the identity store. */
  readonly userIds: readonly string[];
}

/** The user id that the upstream's collection has already, so that creating it is a conflict. */
export const TAKEN_USER_ID = 'ada';

export const PAGE_SIZE = 100;

/** How many look-ups of the Identity Store Vestibule has under way for one request; loops do the same. */
export const PARALLEL_LOOK_UPS = 10;

/** An id or name that no other operation of the run uses; `n` is the operation's number. */
export function uniqueName(n: number): string {
  return `user-${n}`;
}

/** Text that `CreateUser` of the Identity Store takes, in the members' names of the API. */
export function everyMember(n: number) {
  const userName = uniqueName(n);
  return {
    identityStoreId: IDENTITY_STORE_ID,
    userName,
    name: {
      formatted: 'Dr. Katherine Coleman Johnson III',
      familyName: 'Johnson',
      givenName: 'Katherine',
      middleName: 'Coleman',
      honorificPrefix: 'Dr.',
      honorificSuffix: 'III',
    },
    displayName: 'Katherine Johnson',
    nickName: 'Kathy',
    profileUrl: 'https://example.com/people/katherine',
    emails: [{ value: `${userName}@example.com`, type: 'work', primary: true }],
    addresses: [
      {
        streetAddress: '1 NASA Drive',
        locality: 'Hampton',
        region: 'Virginia',
        postalCode: '23666',
        country: 'United States',
        formatted: '1 NASA Drive, Hampton, VA 23666',
        type: 'work',
        primary: true,
      },
    ],
    phoneNumbers: [{ value: '+1 757 555 0104', type: 'work', primary: true }],
    userType: 'Employee',
    title: 'Research Mathematician',
    preferredLanguage: 'en-US',
    locale: 'en-US',
    timezone: 'America/New_York',
    photos: [
      { value: 'https://example.com/katherine.jpg', type: 'photo', display: 'At work', primary: true },
    ],
    website: 'https://example.com',
    birthdate: '1918-08-26',
    roles: [{ value: 'Researcher', type: 'job', primary: true }],
    extensions: { 'aws:identitystore:enterprise': { employeeNumber: '104', costCenter: 'Langley' } },
  };
}

interface GraphQLWorkload {
  readonly title: string;
  readonly document: string;
  readonly variables: (world: World, n: number) => object;
  /** A text that every right answer holds. */
  readonly marker: string;
}

const createdUser = `__typename
  ... on CreateRekognitionUserSuccess { user { id userId userStatus } }
  ... on Error { message code }`;

const rekognitionInput = (userId: string) => ({ collectionId: COLLECTION_ID, userId });

const ten = [...Array(10).keys()];

export const workloads: Readonly<Record<WorkloadName, GraphQLWorkload>> = {
  create: {
    title: 'createRekognitionUser',
    document: `mutation Create($input: CreateRekognitionUserInput!) {
      createRekognitionUser(input: $input) { ${createdUser} }
    }`,
    variables: (_world, n) => ({ input: rekognitionInput(uniqueName(n)) }),
    marker: '"CreateRekognitionUserSuccess"',
  },
  createEveryMember: {
    title: 'createIdentityStoreUser with every member',
    document: `mutation CreateEveryMember($input: CreateIdentityStoreUserInput!) {
      createIdentityStoreUser(input: $input) {
        __typename
        ... on CreateIdentityStoreUserSuccess { user { id userId userName displayName } }
        ... on Error { message code }
      }
    }`,
    variables: (_world, n) => ({ input: everyMember(n) }),
    marker: '"CreateIdentityStoreUserSuccess"',
  },
  nodes: {
    title: 'nodes(ids:) of 50 Identity Store users',
    document: `query Nodes($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        id
        ... on IdentityStoreUser {
          userId userName displayName name { givenName familyName } emails { value type primary }
        }
      }
    }`,
    variables: ({ userIds }) => ({ ids: userIds.map(identityStoreUserId) }),
    marker: '"IdentityStoreUser"',
  },
  page: {
    title: `a page of ${PAGE_SIZE} Rekognition users`,
    document: `query Page($collectionId: String!) {
      rekognitionCollection(collectionId: $collectionId) {
        users(first: ${PAGE_SIZE}) {
          edges { cursor node { id userId userStatus } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }`,
    variables: () => ({ collectionId: COLLECTION_ID }),
    marker: '"hasNextPage":true',
  },
  conflict: {
    title: 'a typed error (ConflictError)',
    document: `mutation Conflict($input: CreateRekognitionUserInput!) {
      createRekognitionUser(input: $input) { ${createdUser} }
    }`,
    variables: () => ({ input: rekognitionInput(TAKEN_USER_ID) }),
    marker: '"ConflictError"',
  },
  tenCreates: {
    title: '10 aliased creates in one request',
    document: `mutation TenCreates(${ten.map(i => `$i${i}: CreateRekognitionUserInput!`).join(', ')}) {
      ${ten.map(i => `c${i}: createRekognitionUser(input: $i${i}) { ${createdUser} }`).join('\n')}
    }`,
    variables: (_world, n) =>
      Object.fromEntries(ten.map(i => [`i${i}`, rekognitionInput(`${uniqueName(n)}-${i}`)])),
    marker: '"c9":{"__typename":"CreateRekognitionUserSuccess"',
  },
};

/** The global id that Vestibule, and the peers' resolvers like it, give a user of the Identity Store. */
export function identityStoreUserId(userId: string): string {
  return globalId('IdentityStoreUser', IDENTITY_STORE_ID, userId);
}

export function globalId(typename: string, ...key: readonly string[]): string {
  return Buffer.from(`${typename}:${key.map(encodeURIComponent).join('/')}`).toString('base64url');
}

/** The text of a workload's document as requests carry it. */
export function documentOf(name: WorkloadName): string {
  return workloads[name].document.replaceAll(/\s+/g, ' ');
}

/** Makes the bodies of a workload's requests, in the order of their numbers. */
export function requestBodies(name: WorkloadName, world: World, firstNumber: number): () => string {
  const { variables } = workloads[name];
  const query = JSON.stringify(documentOf(name));
  let n = firstNumber;
  return () => `{"query":${query},"variables":${JSON.stringify(variables(world, n++))}}`;
}

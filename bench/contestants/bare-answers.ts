/** What Vestibule answers to the workloads, member by member, from hand-signed calls: for the bare server. */
import { hash, randomUUID } from 'node:crypto';
import { identityStore, rekognition, type SignedCalls, unexpected } from '../signed-calls.ts';
import { globalId, PAGE_SIZE, PARALLEL_LOOK_UPS, type WorkloadName } from '../workloads.ts';
import { eachBounded, pascalCase } from './aws-calls.ts';

/** The `data` for a request's variables. */
type BareAnswer = (variables: never) => Promise<object>;

interface UserInput {
  readonly collectionId: string;
  readonly userId: string;
}

interface PersonInput {
  readonly identityStoreId: string;
  readonly userName: string;
  readonly displayName: string;
}

export function bareAnswers(call: SignedCalls['call']): Readonly<Record<WorkloadName, BareAnswer>> {
  return { create, createEveryMember, nodes, page, conflict: create, tenCreates };

  async function create({ input }: { readonly input: UserInput }) {
    return { createRekognitionUser: await createRekognitionUser(input) };
  }

  async function createRekognitionUser({ collectionId, userId }: UserInput) {
    const request = { CollectionId: collectionId, UserId: userId, ClientRequestToken: randomUUID() };
    const answer = await call(rekognition, 'CreateUser', request);
    if (answer.status === 200) {
      const user = rekognitionUser(collectionId, userId, 'CREATED');
      return { __typename: 'CreateRekognitionUserSuccess', user };
    }
    if (answer.output['__type'] !== 'ConflictException') throw unexpected('CreateUser', answer);
    const message = `The collection "${collectionId}" already has a user "${userId}".`;
    return { __typename: 'ConflictError', message, code: 'CONFLICT' };
  }

  /** One after another, as GraphQL runs the mutations of a request. */
  async function tenCreates(inputs: Readonly<Record<string, UserInput>>) {
    const data: Record<string, object> = {};
    for (let i = 0; i < 10; i += 1) data[`c${i}`] = await createRekognitionUser(inputs[`i${i}`] as UserInput);
    return data;
  }

  async function createEveryMember({ input }: { readonly input: PersonInput }) {
    const answer = await call(identityStore, 'CreateUser', pascalCase(input) as object);
    if (answer.status !== 200) throw unexpected('CreateUser', answer);
    const { identityStoreId, userName, displayName } = input;
    const userId = String(answer.output['UserId']);
    const user = {
      id: globalId('IdentityStoreUser', identityStoreId, userId),
      userId,
      userName,
      displayName,
    };
    return { createIdentityStoreUser: { __typename: 'CreateIdentityStoreUserSuccess', user } };
  }

  async function nodes({ ids }: { readonly ids: readonly string[] }) {
    const found: object[] = [];
    await eachBounded([...ids.entries()], PARALLEL_LOOK_UPS, async ([index, id]) => {
      found[index] = await identityStoreUser(id);
    });
    return { nodes: found };
  }

  async function identityStoreUser(id: string) {
    const [, key = ''] = Buffer.from(id, 'base64url').toString().split(':');
    const [IdentityStoreId, UserId] = key.split('/').map(decodeURIComponent);
    const answer = await call(identityStore, 'DescribeUser', {
      IdentityStoreId,
      UserId,
      Extensions: ['aws:identitystore:enterprise'],
    });
    if (answer.status !== 200) throw unexpected('DescribeUser', answer);
    const { UserName, DisplayName, Name, Emails } = answer.output as unknown as Person;
    return {
      __typename: 'IdentityStoreUser',
      id,
      userId: UserId,
      userName: UserName,
      displayName: DisplayName,
      name: { givenName: Name.GivenName, familyName: Name.FamilyName },
      emails: Emails.map(({ Value, Type, Primary }) => ({ value: Value, type: Type, primary: Primary })),
    };
  }

  async function page({ collectionId }: { readonly collectionId: string }) {
    const collection = await call(rekognition, 'DescribeCollection', { CollectionId: collectionId });
    if (collection.status !== 200) throw unexpected('DescribeCollection', collection);
    const request = { CollectionId: collectionId, MaxResults: PAGE_SIZE };
    const answer = await call(rekognition, 'ListUsers', request);
    if (answer.status !== 200) throw unexpected('ListUsers', answer);
    const { Users, NextToken } = answer.output as unknown as UserPage;
    const list = shortHash(JSON.stringify(['rekognition', 'ListUsers', [['collectionId', collectionId]]]));
    const hashes = Users.map(({ UserId }) => shortHash(UserId));
    const edges = Users.map(({ UserId, UserStatus }, index) => ({
      cursor:
        index < Users.length - 1
          ? cursor(list, null, PAGE_SIZE, index + 1, hashes[index], hashes[index + 1])
          : cursor(list, NextToken),
      node: rekognitionUser(collectionId, UserId, UserStatus),
    }));
    const pageInfo = { hasNextPage: true, endCursor: edges.at(-1)?.cursor };
    return { rekognitionCollection: { users: { edges, pageInfo } } };
  }
}

/** What AWS answers, as far as it matters here. */
interface Person {
  readonly UserName: string;
  readonly DisplayName: string;
  readonly Name: { readonly GivenName: string; readonly FamilyName: string };
  readonly Emails: readonly { readonly Value: string; readonly Type: string; readonly Primary: boolean }[];
}

interface UserPage {
  readonly Users: readonly { readonly UserId: string; readonly UserStatus: string }[];
  readonly NextToken: string;
}

function rekognitionUser(collectionId: string, userId: string, userStatus: string) {
  return { id: globalId('RekognitionUser', collectionId, userId), userId, userStatus };
}

/** Vestibule's form: the list, the token of a page, its size, how many of its users come before, the last of them and the next. */
function cursor(...parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function shortHash(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, 6);
}

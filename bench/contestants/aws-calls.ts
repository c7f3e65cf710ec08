/** The calls to AWS behind the workloads, for contestants that make them in a plain loop. */
import {
  everyMember,
  PAGE_SIZE,
  PARALLEL_LOOK_UPS,
  TAKEN_USER_ID,
  uniqueName,
  type WorkloadName,
  type World,
} from '../workloads.ts';

/** One way of calling AWS. */
export interface Aws {
  createRekognitionUser(userId: string): Promise<void>;
  /** Resolves when AWS refuses with a ConflictException. */
  meetConflict(userId: string): Promise<void>;
  /** Takes the request in AWS's form, and gives the id of the new user. */
  createIdentityStoreUser(request: object): Promise<string>;
  describeIdentityStoreUser(userId: string): Promise<void>;
  describeCollection(): Promise<void>;
  listRekognitionUsers(maxResults: number): Promise<void>;
}

export const awsCalls: Readonly<
  Record<WorkloadName, (aws: Aws, world: World, n: number) => Promise<unknown>>
> = {
  create: (aws, _world, n) => aws.createRekognitionUser(uniqueName(n)),
  createEveryMember: (aws, _world, n) => aws.createIdentityStoreUser(everyMemberRequest(n)),
  nodes: (aws, { userIds }) =>
    eachBounded(userIds, PARALLEL_LOOK_UPS, userId => aws.describeIdentityStoreUser(userId)),
  page: async aws => {
    await aws.describeCollection();
    await aws.listRekognitionUsers(PAGE_SIZE);
  },
  conflict: aws => aws.meetConflict(TAKEN_USER_ID),
  // One after another, as GraphQL runs the mutations of a request.
  tenCreates: async (aws, _world, n) => {
    for (let i = 0; i < 10; i += 1) await aws.createRekognitionUser(`${uniqueName(n)}-${i}`);
  },
};

/** Does `work` for each item, with at most `parallel` of them under way. */
export async function eachBounded<Item>(
  items: readonly Item[],
  parallel: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

const person = pascalCase(everyMember(0)) as object;

/** AWS's form of {@link everyMember}; what stays the same is made once, as in a program that knows AWS's names. */
export function everyMemberRequest(n: number): object {
  const { userName, emails } = everyMember(n);
  return {
    ...person,
    UserName: userName,
    Emails: emails.map(({ value, type, primary }) => ({ Value: value, Type: type, Primary: primary })),
  };
}

/** Structures with the members in AWS's spelling. Extensions are the customer's own data. */
export function pascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      key === 'extensions' ? member : pascalCase(member),
    ]),
  );
}

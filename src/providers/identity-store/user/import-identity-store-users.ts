import { ConflictError } from '../../../errors.ts';
import { checkCalls } from '../../../jobs/check-only.ts';
import type { Done } from '../../../jobs/job-kind.ts';
import type { JobRun } from '../../../jobs/job-run.ts';
import type { Context } from '../../../schema/context.ts';
import { OnExisting } from '../../../schema/jobs/on-existing.ts';
import { jobMutation } from '../../../schema/operation/job-mutation.ts';
import { requireScope } from '../../../schema/operation/permission.ts';
import { DescribeGroup, GetGroupId } from '../group/operations.ts';
import {
  type GroupReference,
  groupIdOf,
  IdentityStoreGroupReference,
  idOfGroup,
  lookUpGroup,
  ofGroup,
  SOME_GROUP_ID,
} from '../group/reference.ts';
import { memberships } from '../membership/adapter.ts';
import { CreateGroupMembership, GetGroupMembershipId } from '../membership/operations.ts';
import { storeId, storeOf } from '../store-operations.ts';
import { type IdentityStoreUserKey, users } from './adapter.ts';
import { attributeInputs } from './attribute-inputs.ts';
import { CreateUser, GetUserId, UpdateUser } from './operations.ts';
import { type Given, keyByEmail, keyByUserName, SOME_USER_ID, thingOf } from './reference.ts';

interface Options {
  readonly identityStoreId: string;
  readonly onExisting: OnExisting;
}

type Attributes = Parameters<Adapter['create']>[0];
type Adapter = ReturnType<typeof users.open>;

export const importIdentityStoreUsers = jobMutation('importIdentityStoreUsers', {
  description:
    'Creates users of an identity store, and makes them members of groups, as a bulk job. A user exists already when another has its user name.',
  inputDescription: ['The users to import', 'into an identity store'],
  rowDescription: 'A user to import, and the groups that it is to be in.',
  scope: 'identity-store:users:create',
  aws: [
    CreateUser,
    GetUserId,
    UpdateUser,
    GetGroupId,
    DescribeGroup,
    CreateGroupMembership,
    GetGroupMembershipId,
  ],
  row: t => ({
    ...attributeInputs(t, ' AWS wants it of every new user.'),
    groups: t.field({
      type: [IdentityStoreGroupReference],
      description:
        'The groups that the user is made a member of; memberships that exist stay. The caller needs the scope `identity-store:memberships:create`.',
    }),
  }),
  input: t => ({
    identityStoreId: storeId(t),
    onExisting: t.field({
      type: OnExisting,
      defaultValue: 'FAIL',
      description:
        'What to do with users that exist. For UPDATE the caller needs the scope `identity-store:users:update`.',
    }),
  }),
  options: ({ identityStoreId, onExisting }, context): Options => ({
    identityStoreId: storeOf({ identityStoreId }, context),
    onExisting: onExisting ?? 'FAIL',
  }),
  furtherScopes: ({ onExisting }) => (onExisting === 'UPDATE' ? ['identity-store:users:update'] : []),
  identity: ({ userName, emails }) => [
    ...(userName == null ? [] : [{ name: `name ${userName.toLowerCase()}`, at: [['userName']] }]),
    // Each address one user of a store may have.
    ...(emails ?? []).flatMap(({ value }, at) =>
      value == null ? [] : [{ name: `e-mail ${value.toLowerCase()}`, at: [['emails', String(at), 'value']] }],
    ),
  ],
  check: async ({ groups, ...attributes }, { identityStoreId, onExisting }, context) => {
    if (groups && groups.length > 0) requireScope(context, 'identity-store:memberships:create');
    const aws = context.aws(users);
    const someUser = { identityStoreId, userId: SOME_USER_ID };
    await checkCalls([
      aws.create({ ...attributes, identityStoreId }),
      ...(onExisting === 'UPDATE' ? [aws.update({ ...changesOf(attributes), ...someUser })] : []),
      ...(groups ?? []).flatMap((group, at) => {
        const membership = { ...someUser, groupId: group.groupId ?? SOME_GROUP_ID };
        return [
          lookUpGroup(group, identityStoreId, context),
          context.aws(memberships).create(membership),
        ].map(call => ofGroup<unknown>(group, ['groups', String(at)], { identityStoreId }, call));
      }),
    ]);
  },
  needsEnd: ({ groups }, { onExisting }) => onExisting === 'UPDATE' || (groups ?? []).length > 0,
  plan: async ({ groups, userName, emails }, run, begun) => {
    if (begun) return undefined;
    await groupIdsOf(groups ?? [], run);
    if (!run.dryRun) return undefined;
    const { identityStoreId, onExisting } = run.options;
    const context = run.context();
    const key = await keyByUserName(identityStoreId, named(userName), context);
    if (!key || onExisting === 'UPDATE') {
      for (const [at, { value }] of (emails ?? []).entries()) {
        if (value == null) continue;
        const email = { text: value, at: ['emails', String(at), 'value'] };
        const owner = await keyByEmail(identityStoreId, email, context);
        if (owner && owner.userId !== key?.userId) throw exists(identityStoreId);
      }
    }
    if (!key) return { action: 'CREATE', thing: null };
    if (onExisting === 'FAIL') throw exists(identityStoreId);
    if (onExisting === 'UPDATE' || groups?.length) run.brakes.checkUser(key.userId, userName);
    return { action: onExisting, thing: thingOf(key) };
  },
  perform: async ({ groups, ...attributes }, run, context, idempotencyKey, { soFar, whenAllowed }) => {
    const { identityStoreId } = run.options;
    const { userName } = attributes;
    const checkGroups = () => groupIdsOf(groups ?? [], run);
    const user = { ...attributes, identityStoreId, idempotencyKey };
    const { userId, ...done } = await createOrFind(user, run, context, (doing, existing) =>
      whenAllowed(async () => {
        await checkGroups();
        if (existing) run.brakes.checkUser(existing.userId, userName);
      }, doing),
    );
    if (done.action !== 'SKIP') soFar(done);
    for (const [at, group] of (groups ?? []).entries()) {
      const ofThis = <Result>(doing: Promise<Result>) =>
        ofGroup(group, ['groups', String(at)], run.options, doing);
      const groupId = await ofThis(idOfGroup(group, run));
      const membership = { identityStoreId, groupId, userId, idempotencyKey };
      const make = whenAllowed(
        async () => {
          await checkGroups();
          if (done.action !== 'CREATE') run.brakes.checkUser(userId, userName);
        },
        () => context.aws(memberships).create(membership),
      );
      await ofThis(make).catch(unlessExisting);
    }
    return done;
  },
});

/** The ids of the groups of a row, in their order. */
function groupIdsOf(groups: readonly GroupReference[], run: JobRun<Options>): Promise<readonly string[]> {
  return Promise.all(
    groups.map((group, at) => {
      const place = ['groups', String(at)];
      const which = `The group in ${[...place, ...Object.keys(group)].join('.')}`;
      return ofGroup(group, place, run.options, groupIdOf(group, run, which));
    }),
  );
}

/** Makes a call when what it changes lets it; that is the user of a key, if one is given. */
type WhenAllowed = <Result>(doing: () => Promise<Result>, existing?: IdentityStoreUserKey) => Promise<Result>;

async function createOrFind(
  user: Attributes,
  { options }: JobRun<Options>,
  context: Context,
  whenAllowed: WhenAllowed,
): Promise<Done & { readonly userId: string }> {
  const { identityStoreId, onExisting } = options;
  const aws = context.aws(users);
  try {
    const { userId } = await whenAllowed(() => aws.create(user));
    return { action: 'CREATE', thing: thingOf({ identityStoreId, userId }), userId };
  } catch (error) {
    if (onExisting === 'FAIL' || !isExisting(error)) throw error;
    // Another of its attributes may be taken by somebody else, which is a conflict all the same.
    const key = await keyByUserName(identityStoreId, named(user.userName), context);
    if (!key) throw error;
    if (onExisting === 'UPDATE') await whenAllowed(() => aws.update({ ...changesOf(user), ...key }), key);
    return { action: onExisting, thing: thingOf(key), userId: key.userId };
  }
}

/** What is changed of a user who exists, by the name that stays. */
function changesOf<User extends object>(user: User): Omit<User, 'userName'> {
  return { ...user, userName: undefined };
}

function named(userName: string | null | undefined): Given {
  return { text: userName ?? '', at: ['userName'] };
}

function isExisting(error: unknown): boolean {
  return error instanceof ConflictError && error.reason === 'ALREADY_EXISTS';
}

function unlessExisting(error: unknown): void {
  if (!isExisting(error)) throw error;
}

function exists(identityStoreId: string): ConflictError {
  return new ConflictError({
    message: `The identity store ${identityStoreId} already has a user with this userName or e-mail address.`,
    reason: 'ALREADY_EXISTS',
  });
}

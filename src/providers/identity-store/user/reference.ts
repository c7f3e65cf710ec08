/** Users that rows of bulk jobs name. */
import { found } from '../../../adapter/look-up.ts';
import { inTerms, type Move, NotFoundError, namedAt } from '../../../errors.ts';
import type { Thing } from '../../../jobs/job-kind.ts';
import type { JobRun } from '../../../jobs/job-run.ts';
import { builder } from '../../../schema/builder.ts';
import type { Context } from '../../../schema/context.ts';
import { lookedUpBy } from '../store-adapter.ts';
import { type IdentityStoreUserKey, userKey, users } from './adapter.ts';

export const IdentityStoreUserReference = builder.inputType('IdentityStoreUserReference', {
  description: 'A user of an identity store, by exactly one of these.',
  isOneOf: true,
  fields: t => ({
    userId: t.string({ description: 'The id that AWS gave the user.' }),
    userName: t.string({ description: 'What the user signs in with.' }),
    email: t.string({ description: 'The e-mail address.' }),
  }),
});

export type UserReference = typeof IdentityStoreUserReference.$inferInput;

/** An id of the right form, for checks of rows that name their user otherwise. */
export const SOME_USER_ID = '00000000-0000-0000-0000-000000000000';

/** Where a row has what requests have of the user that it names. */
export function userMoves({ user }: { readonly user: UserReference }): readonly Move[] {
  return [[['userId'], givenOf(user)]];
}

/** Where a row has what it names its user by. */
export function givenOf(user: UserReference): readonly string[] {
  return ['user', ...Object.keys(user)];
}

interface InStore {
  readonly identityStoreId: string;
}

export function thingOf(key: IdentityStoreUserKey): Thing {
  return { type: 'IdentityStoreUser', key: userKey.format(key) };
}

/** Equal for references that name their user by the same. */
export function identityOf({ userId, userName, email }: UserReference): string {
  return JSON.stringify([userId, userName?.toLowerCase(), email?.toLowerCase()]);
}

/** The user that a thing stands for, which a row was planned for. */
export function keyOfThing(thing: Thing | null): IdentityStoreUserKey {
  const parsed = thing && userKey.parse(thing.key);
  if (!parsed) throw new TypeError('The row was planned for no user of an identity store.');
  return parsed;
}

/** A text of a row, and where the row has it. */
export interface Given {
  readonly text: string;
  readonly at: readonly string[];
}

/** The user of a name; null if there is none. */
export function keyByUserName(
  identityStoreId: string,
  userName: Given,
  context: Context,
): Promise<IdentityStoreUserKey | null> {
  return keyBy('userName', userName, identityStoreId, context);
}

/** The user of an e-mail address; null if there is none. */
export function keyByEmail(
  identityStoreId: string,
  email: Given,
  context: Context,
): Promise<IdentityStoreUserKey | null> {
  return keyBy('emails.value', email, identityStoreId, context);
}

function keyBy(attributePath: string, { text, at }: Given, identityStoreId: string, context: Context) {
  const alternateIdentifier = { uniqueAttribute: { attributePath, attributeValue: text } };
  const key = context.aws(users).getKey({ identityStoreId, alternateIdentifier });
  return inTerms(found(key), [[lookedUpBy, at]]);
}

/** The key of the user whom a row names by something else than an id; null if there is none, undefined for an id. */
export async function lookUpUser(
  { userName, email }: UserReference,
  identityStoreId: string,
  context: Context,
): Promise<IdentityStoreUserKey | null | undefined> {
  if (userName != null)
    return keyByUserName(identityStoreId, { text: userName, at: ['user', 'userName'] }, context);
  if (email != null) return keyByEmail(identityStoreId, { text: email, at: ['user', 'email'] }, context);
  return undefined;
}

/** What is done for a row, which says where the row has a user that there is not. */
export function ofUser<Result>(
  user: UserReference,
  { identityStoreId }: InStore,
  doing: Promise<Result>,
): Promise<Result> {
  return namedAt(doing, givenOf(user), { resourceType: 'USER', of: `the identity store ${identityStoreId}` });
}

/**
 * The key of a user whom a row names, if the row may be performed.
 *
 * @param looked When a user of an id is looked at, to see that there is one: a run finds it out as it changes the user.
 * @throws NotFoundError, and AccessDeniedError where the user is protected.
 */
export function userOf(
  user: UserReference,
  run: JobRun<InStore>,
  looked: 'always' | 'dryRun' = 'dryRun',
): Promise<IdentityStoreUserKey> {
  return ofUser(user, run.options, findUser(user, run, looked));
}

async function findUser(
  user: UserReference,
  run: JobRun<InStore>,
  looked: 'always' | 'dryRun',
): Promise<IdentityStoreUserKey> {
  const { options, brakes, dryRun } = run;
  const { identityStoreId } = options;
  const { userId, userName } = user;
  const context = run.context();
  brakes.checkUser(userId, userName);
  const key = userId == null ? await lookUpUser(user, identityStoreId, context) : { identityStoreId, userId };
  if (!key) {
    throw new NotFoundError({
      message: `The identity store ${identityStoreId} has no such user.`,
      resourceType: 'USER',
      resourceId: null,
    });
  }
  brakes.checkUser(key.userId);
  const isInDoubt = userId != null && (dryRun || looked === 'always');
  if (isInDoubt || (brakes.protectUsers && userName == null))
    brakes.checkUser((await context.aws(users).describe(key)).userName);
  return key;
}

/**
 * Lets the user be changed that a row was planned for by another process. One that is gone, AWS tells of.
 *
 * @throws AccessDeniedError where the user is protected.
 */
export async function recheckUser(key: IdentityStoreUserKey, run: JobRun<InStore>): Promise<void> {
  const { brakes } = run;
  if (!brakes.protectUsers) return;
  brakes.checkUser(key.userId);
  const user = await found(run.context().aws(users).describe(key));
  brakes.checkUser(user?.userName);
}

import { found } from '../../../adapter/look-up.ts';
import { ConflictError } from '../../../errors.ts';
import { checkCalls } from '../../../jobs/check-only.ts';
import type { Done } from '../../../jobs/job-kind.ts';
import type { Context } from '../../../schema/context.ts';
import { OnExisting } from '../../../schema/jobs/on-existing.ts';
import { jobMutation } from '../../../schema/operation/job-mutation.ts';
import { type ChimeUserKey, userKey, users } from './adapter.ts';
import { userByEmail } from './loaders.ts';
import { CreateUser, ListUsers, UpdateUser } from './operations.ts';
import { ChimeUserType } from './type.ts';

/** An id of the right form, for checks of rows whose user is not known. */
const SOME_USER_ID = '00000000-0000-0000-0000-000000000000';

export const importChimeUsers = jobMutation('importChimeUsers', {
  description:
    'Creates users in an Amazon Chime account, as a bulk job. Amazon Chime cannot delete users, so there is nothing that undoes this. A user exists already when another of the account has its e-mail address. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The users to import', 'into a Chime account'],
  rowDescription: 'A user to import.',
  scope: 'chime:users:create',
  aws: [CreateUser, ListUsers, UpdateUser],
  row: t => ({
    username: t.string({ description: 'The name of the user.' }),
    email: t.string({
      description:
        'The e-mail address of the user. Without one, a create whose answer is lost cannot be found out about.',
    }),
    userType: t.field({ type: ChimeUserType, description: 'Who or what the user is; a person if absent.' }),
  }),
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account to create the users in.' }),
    onExisting: t.field({
      type: OnExisting,
      defaultValue: 'FAIL',
      description:
        'What to do with users that exist. UPDATE changes the type, and needs the scope `chime:users:update`.',
    }),
  }),
  options: ({ accountId, onExisting }) => ({ accountId, onExisting: onExisting ?? 'FAIL' }),
  furtherScopes: ({ onExisting }) => (onExisting === 'UPDATE' ? ['chime:users:update'] : []),
  identity: ({ email }) => (email == null ? [] : [{ name: email.toLowerCase(), at: [['email']] }]),
  check: ({ userType, ...row }, { accountId, onExisting }, context) => {
    const aws = context.aws(users);
    const update = { accountId, userId: SOME_USER_ID, userType };
    return checkCalls([
      aws.create({ ...row, userType, accountId }),
      ...(onExisting === 'UPDATE' && userType != null ? [aws.update(update)] : []),
    ]);
  },
  needsEnd: (_row, { onExisting }) => onExisting === 'UPDATE',
  plan: async ({ email }, run) => {
    if (!run.dryRun) return undefined;
    const { accountId, onExisting } = run.options;
    const user = email == null ? null : await existing(accountId, email, run.context());
    if (!user) return { action: 'CREATE', thing: null };
    if (onExisting === 'FAIL') {
      throw new ConflictError({
        message: `The Amazon Chime account ${accountId} already has this user.`,
        reason: 'ALREADY_EXISTS',
      });
    }
    if (onExisting === 'UPDATE') run.brakes.checkUser(user.userId, email);
    return doneTo(user, onExisting);
  },
  perform: async (row, { options, brakes }, context, idempotencyKey, { whenAllowed }) => {
    const { accountId, onExisting } = options;
    const { email, userType } = row;
    try {
      return doneTo(await context.aws(users).create({ ...row, accountId, idempotencyKey }), 'CREATE');
    } catch (error) {
      if (onExisting === 'FAIL' || email == null || !(error instanceof ConflictError)) throw error;
      const user = await existing(accountId, email, context);
      if (!user) throw error;
      if (onExisting === 'UPDATE' && userType != null) {
        const update = { accountId, userId: user.userId, userType };
        await whenAllowed(
          () => brakes.checkUser(user.userId, email),
          () => context.aws(users).update(update),
        );
      }
      return doneTo(user, onExisting);
    }
  },
});

function existing(accountId: string, email: string, context: Context) {
  return found(context.find(userByEmail, { accountId, email }));
}

function doneTo(user: ChimeUserKey, action: Done['action']): Done {
  return { action, thing: { type: 'ChimeUser', key: userKey.format(user) } };
}

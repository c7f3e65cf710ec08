import { checkCalls } from '../../../jobs/check-only.ts';
import { jobMutation } from '../../../schema/operation/job-mutation.ts';
import { storeId, storeOf } from '../store-operations.ts';
import { users } from './adapter.ts';
import { attributeInputs } from './attribute-inputs.ts';
import { DescribeUser, GetUserId, UpdateUser } from './operations.ts';
import {
  givenOf,
  IdentityStoreUserReference,
  identityOf,
  keyOfThing,
  lookUpUser,
  ofUser,
  recheckUser,
  SOME_USER_ID,
  thingOf,
  userMoves,
  userOf,
} from './reference.ts';

export const updateIdentityStoreUsers = jobMutation('updateIdentityStoreUsers', {
  description:
    'Changes users of an identity store, as a bulk job: what a row leaves out stays as it is, null unsets. The parts of a name and lists are replaced as a whole, as is each extension.',
  inputDescription: ['What to change of users', 'of an identity store'],
  rowDescription: 'What to change of a user. In a file of comma-separated values nothing can be unset.',
  scope: 'identity-store:users:update',
  aws: [UpdateUser, GetUserId, DescribeUser],
  row: t => ({
    user: t.field({ type: IdentityStoreUserReference, required: true, description: 'The user.' }),
    ...attributeInputs(t),
  }),
  input: t => ({ identityStoreId: storeId(t) }),
  options: (input, context) => ({ identityStoreId: storeOf(input, context) }),
  identity: ({ user }) => [{ name: identityOf(user), at: [givenOf(user)] }],
  moves: row => userMoves(row),
  check: ({ user, ...attributes }, { identityStoreId }, context) =>
    checkCalls([
      lookUpUser(user, identityStoreId, context),
      context.aws(users).update({ ...attributes, identityStoreId, userId: user.userId ?? SOME_USER_ID }),
    ]),
  needsEnd: () => true,
  plan: async ({ user }, run) => ({ action: 'UPDATE', thing: thingOf(await userOf(user, run)) }),
  recheck: (_row, run, { thing }) => recheckUser(keyOfThing(thing), run),
  perform: async ({ user, ...attributes }, run, context, idempotencyKey, { thing }) => {
    const update = { ...attributes, ...keyOfThing(thing), idempotencyKey };
    await ofUser(user, run.options, context.aws(users).update(update));
    return { action: 'UPDATE', thing };
  },
});

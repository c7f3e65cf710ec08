import { builder } from '../../../schema/builder.ts';
import { query } from '../../../schema/operation/query.ts';
import { userByEmail, userByKey } from './loaders.ts';
import { GetUser, ListUsers } from './operations.ts';
import { ChimeUser } from './type.ts';

const ChimeUserBy = builder.inputType('ChimeUserBy', {
  description: 'What to find a user by: exactly one of these.',
  isOneOf: true,
  fields: t => ({
    userId: t.string({ description: 'The id that AWS gave the user.' }),
    email: t.string({ description: 'The main e-mail address.' }),
  }),
});

export const chimeUser = query('chimeUser', {
  description: 'Finds a user of a Chime account; null when the user or the account does not exist.',
  scope: 'chime:users:read',
  aws: [GetUser, ListUsers],
  type: ChimeUser,
  args: t => ({
    accountId: t.string({ required: true, description: 'The Chime account to look in.' }),
    by: t.field({ type: ChimeUserBy, required: true, description: 'What to find the user by.' }),
  }),
  moves: () => [
    [['userId'], ['by', 'userId']],
    [['userEmail'], ['by', 'email']],
  ],
  run: ({ accountId, by }, context) =>
    by.userId === undefined
      ? context.find(userByEmail, { accountId, email: by.email })
      : context.find(userByKey, { accountId, userId: by.userId }),
});

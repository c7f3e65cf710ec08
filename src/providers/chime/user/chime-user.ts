import { lookUpQuery } from '../../../schema/operation/look-up-query.ts';
import { userByEmail, userByKey } from './loaders.ts';
import { GetUser, ListUsers } from './operations.ts';
import { ChimeUser } from './type.ts';

export const chimeUser = lookUpQuery('chimeUser', {
  description: 'Finds a user of a Chime account; null when the user or the account does not exist.',
  scope: 'chime:users:read',
  aws: [GetUser, ListUsers],
  type: ChimeUser,
  what: 'user',
  args: t => ({
    accountId: t.string({ required: true, description: 'The Chime account to look in.' }),
  }),
  by: t => ({
    userId: t.string({ description: 'The id that AWS gave the user.' }),
    email: t.string({ description: 'The main e-mail address.' }),
  }),
  ways: {
    userId: {
      sentAs: ['userId'],
      find: (userId, { accountId }, context) => context.find(userByKey, { accountId, userId }),
    },
    email: {
      sentAs: ['userEmail'],
      find: (email, { accountId }, context) => context.find(userByEmail, { accountId, email }),
    },
  },
});

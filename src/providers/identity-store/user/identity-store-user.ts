import type { InputOf } from '../../../adapter/request.ts';
import { builder } from '../../../schema/builder.ts';
import { query } from '../../../schema/operation/query.ts';
import { inStore, storeIdDescription } from '../store.ts';
import { keyByIdentifier, userByKey } from './loaders.ts';
import { DescribeUser, GetUserId } from './operations.ts';
import { IdentityStoreUser } from './type.ts';

const IdentityStoreExternalIdInput = builder.inputType('IdentityStoreExternalIdInput', {
  description: 'The id of a user in another identity provider.',
  fields: t => ({
    issuer: t.string({ required: true, description: 'The identity provider.' }),
    id: t.string({ required: true, description: 'The id that it gave.' }),
  }),
});

const IdentityStoreUserBy = builder.inputType('IdentityStoreUserBy', {
  description: 'What to find a user by: exactly one of these.',
  isOneOf: true,
  fields: t => ({
    userId: t.string({ description: 'The id that AWS gave the user.' }),
    userName: t.string({ description: 'What the user signs in with.' }),
    email: t.string({ description: 'The e-mail address.' }),
    externalId: t.field({
      type: IdentityStoreExternalIdInput,
      description: 'The id in another identity provider.',
    }),
  }),
});

export const identityStoreUser = query('identityStoreUser', {
  description: 'Finds a user of an identity store; null when the user or the store does not exist.',
  scope: 'identity-store:users:read',
  aws: [GetUserId, DescribeUser],
  type: IdentityStoreUser,
  args: t => ({
    identityStoreId: t.string({ description: storeIdDescription }),
    by: t.field({ type: IdentityStoreUserBy, required: true, description: 'What to find the user by.' }),
  }),
  moves: ({ by }) => [
    [['userId'], ['by', 'userId']],
    [
      ['alternateIdentifier', 'externalId'],
      ['by', 'externalId'],
    ],
    [
      ['alternateIdentifier', 'uniqueAttribute', 'attributeValue'],
      ['by', by.email === undefined ? 'userName' : 'email'],
    ],
  ],
  run: async ({ by, ...args }, context) => {
    const { identityStoreId } = inStore(context, args);
    if (by.userId !== undefined) return context.find(userByKey, { identityStoreId, userId: by.userId });
    // AWS tells the id, and the id the user.
    const alternateIdentifier = identifierOf(by);
    const key = await context.find(keyByIdentifier, { identityStoreId, alternateIdentifier });
    return key && context.find(userByKey, key);
  },
});

type By = Exclude<typeof IdentityStoreUserBy.$inferInput, { readonly userId: string }>;

/** What is unique in a store, in AWS's form. */
function identifierOf(by: By): InputOf<typeof GetUserId>['alternateIdentifier'] {
  if (by.externalId !== undefined) return { externalId: by.externalId };
  const [attributePath, attributeValue] =
    by.userName === undefined ? ['emails.value', by.email] : ['userName', by.userName];
  return { uniqueAttribute: { attributePath, attributeValue } };
}

import { builder } from '../../schema/builder.ts';

/** What a user or a group is called elsewhere, to look it up by. */
export const IdentityStoreExternalIdInput = builder.inputType('IdentityStoreExternalIdInput', {
  description: 'The id of a user or a group in another identity provider.',
  fields: t => ({
    issuer: t.string({ required: true, description: 'The identity provider.' }),
    id: t.string({ required: true, description: 'The id that it gave.' }),
  }),
});

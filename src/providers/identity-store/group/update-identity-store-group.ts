import { textInputs } from '../../../schema/operation/texts.ts';
import { attributesOf } from '../store-adapter.ts';
import { storeMutation } from '../store-operations.ts';
import { groups } from './adapter.ts';
import { texts } from './descriptions.ts';
import { CreateGroup, DescribeGroup, UpdateGroup } from './operations.ts';
import { IdentityStoreGroup } from './type.ts';

export const updateIdentityStoreGroup = storeMutation('updateIdentityStoreGroup', {
  description: 'Changes a group of an identity store: what is absent stays as it is, null unsets.',
  inputDescription: ['What to change of a group', 'in an identity store'],
  successDescription: 'Returned when the group was changed.',
  scope: 'identity-store:groups:update',
  aws: [UpdateGroup, DescribeGroup],
  // AWS takes them as operations on attributes.
  ownInput: attributesOf(CreateGroup),
  input: t => ({
    groupId: t.string({ required: true, description: 'The id that AWS gave the group.' }),
    ...textInputs(t, texts),
  }),
  run: (input, context) => context.aws(groups).update(input),
  success: t => ({ group: IdentityStoreGroup.afterChange(t, 'The group') }),
});

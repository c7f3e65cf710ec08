import { partOf } from '../../../schema/operation/node.ts';
import { textInputs } from '../../../schema/operation/texts.ts';
import { storeMutation } from '../store-operations.ts';
import { groups } from './adapter.ts';
import { texts } from './descriptions.ts';
import { CreateGroup, DescribeGroup, GetGroupId } from './operations.ts';
import { IdentityStoreGroup } from './type.ts';

export const createIdentityStoreGroup = storeMutation('createIdentityStoreGroup', {
  description: 'Creates a group of users in an identity store of IAM Identity Center.',
  inputDescription: ['The group to create', 'in an identity store'],
  successDescription: 'Returned when the group was created.',
  scope: 'identity-store:groups:create',
  aws: [CreateGroup, GetGroupId, DescribeGroup],
  input: t => textInputs(t, texts),
  run: async (input, context) => ({ group: partOf(await context.aws(groups).create(input)) }),
  success: t => ({
    group: t.expose('group', { type: IdentityStoreGroup, nullable: false, description: 'The new group.' }),
  }),
});

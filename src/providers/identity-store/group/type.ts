import { nodeType } from '../../../schema/operation/node.ts';
import { textFields } from '../../../schema/operation/texts.ts';
import { storedFields } from '../stored-fields.ts';
import { groupKey } from './adapter.ts';
import { texts } from './descriptions.ts';
import { groupByKey } from './loaders.ts';
import { DescribeGroup } from './operations.ts';

export const IdentityStoreGroup = nodeType('IdentityStoreGroup', {
  description: 'A group of users in an identity store of IAM Identity Center.',
  scope: 'identity-store:groups:read',
  aws: [DescribeGroup],
  key: groupKey,
  find: groupByKey,
  fields: t => ({
    identityStoreId: t.exposeString('identityStoreId', {
      nullable: false,
      description: 'The identity store that the group belongs to.',
    }),
    groupId: t.exposeString('groupId', { nullable: false, description: 'The id that AWS gave the group.' }),
    ...textFields(t, texts),
    ...storedFields(t, groupByKey, 'group'),
  }),
});

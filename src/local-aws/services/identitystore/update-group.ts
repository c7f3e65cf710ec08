import type { UpdateGroupRequest } from '@aws-sdk/client-identitystore';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { duplicate, invalid, notFound, requireStore } from './exceptions.ts';
import { requireName } from './names.ts';
import { updated } from './new-thing.ts';
import type { IdentityStoreState } from './state.ts';

const attributes = new Map([
  ['displayname', 'DisplayName'],
  ['description', 'Description'],
] as const);

export const UpdateGroup = implement(
  (
    { IdentityStoreId, GroupId, Operations }: Checked<UpdateGroupRequest>,
    { stores, groups, clock }: Pick<IdentityStoreState, 'stores' | 'groups' | 'clock'>,
    { region },
  ): Record<string, never> => {
    requireStore({ stores }, IdentityStoreId);
    const found = groups.find({ IdentityStoreId, GroupId });
    if (!found) throw notFound('Group', GroupId);
    const changed = Operations.map(({ AttributePath, AttributeValue }) => {
      const attribute = attributes.get(AttributePath.toLowerCase() as 'displayname');
      if (!attribute) throw invalid(`The attribute ${AttributePath} cannot be changed`);
      if (AttributeValue != null && typeof AttributeValue !== 'string') {
        throw invalid(`The value of the attribute ${AttributePath} must be a string`);
      }
      return [attribute, AttributeValue ?? undefined] as const;
    });
    const group = { ...found, ...Object.fromEntries(changed), ...updated(clock(), region) };
    requireName('displayName', group.DisplayName);
    groups.replace({ IdentityStoreId, GroupId }, group, () => duplicate('GroupDisplayName'));
    return {};
  },
);

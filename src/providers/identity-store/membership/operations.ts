import {
  CreateGroupMembershipCommand,
  DeleteGroupMembershipCommand,
  DescribeGroupMembershipCommand,
  GetGroupMembershipIdCommand,
  IsMemberInGroupsCommand,
  ListGroupMembershipsCommand,
  ListGroupMembershipsForMemberCommand,
} from '@aws-sdk/client-identitystore';
import { shapeModel } from '../../../aws/models/model.ts';
import { identityStore } from '../service.ts';

export const CreateGroupMembership = identityStore.operation(CreateGroupMembershipCommand, 'change');
export const DeleteGroupMembership = identityStore.operation(DeleteGroupMembershipCommand, 'change');
export const DescribeGroupMembership = identityStore.operation(DescribeGroupMembershipCommand, 'read');
export const GetGroupMembershipId = identityStore.operation(GetGroupMembershipIdCommand, 'read');
export const IsMemberInGroups = identityStore.operation(IsMemberInGroupsCommand, 'read');
export const ListGroupMemberships = identityStore.operation(ListGroupMembershipsCommand, 'read');
export const ListGroupMembershipsForMember = identityStore.operation(
  ListGroupMembershipsForMemberCommand,
  'read',
);

/** Of how many groups AWS says in one call whether a user is in them. */
export const GROUPS_PER_CALL = shapeModel(identityStore.model, 'GroupIds').max ?? 1;

/** The Identity Store as this gateway uses it, and what its exceptions mean. */
import { awsService } from '../../adapter/service.ts';
import model from '../../aws/models/identitystore.json' with { type: 'json' };
import { awsQuotas } from '../../aws/models/quotas.ts';
import { settings } from './settings.ts';

export const identityStore = awsService(
  {
    provider: 'identity-store',
    name: 'The Identity Store',
    model,
    quotas: awsQuotas.identitystore,
    // One request takes at most half of what AWS allows in a second.
    parallelLookUps: 10,
    // An operation needs the permission on each kind of thing that it takes part in.
    iamResources: {
      'arn:{partition}:identitystore::{account}:identitystore/{identityStoreId}': [
        'CreateGroup',
        'CreateGroupMembership',
        'CreateUser',
        'DeleteGroup',
        'DeleteGroupMembership',
        'DeleteUser',
        'DescribeGroup',
        'DescribeGroupMembership',
        'DescribeUser',
        'GetGroupId',
        'GetGroupMembershipId',
        'GetUserId',
        'IsMemberInGroups',
        'ListGroupMemberships',
        'ListGroupMembershipsForMember',
        'ListGroups',
        'ListUsers',
        'UpdateGroup',
        'UpdateUser',
      ],
      'arn:{partition}:identitystore:::user/{userId}': [
        'CreateGroupMembership',
        'DeleteGroupMembership',
        'DeleteUser',
        'DescribeGroupMembership',
        'DescribeUser',
        'GetGroupMembershipId',
        'GetUserId',
        'IsMemberInGroups',
        'ListGroupMembershipsForMember',
        'ListUsers',
        'UpdateUser',
      ],
      'arn:{partition}:identitystore:::group/{groupId}': [
        'CreateGroupMembership',
        'DeleteGroup',
        'DeleteGroupMembership',
        'DescribeGroup',
        'DescribeGroupMembership',
        'GetGroupId',
        'GetGroupMembershipId',
        'IsMemberInGroups',
        'ListGroupMemberships',
        'ListGroups',
        'UpdateGroup',
      ],
      'arn:{partition}:identitystore:::membership/{membershipId}': [
        'DeleteGroupMembership',
        'DescribeGroupMembership',
        'GetGroupMembershipId',
        'IsMemberInGroups',
        'ListGroupMemberships',
        'ListGroupMembershipsForMember',
      ],
    },
    exceptions: {
      AccessDeniedException: 'accessDenied',
      ConflictException: 'conflict',
      InternalServerException: 'failure',
      ResourceNotFoundException: 'notFound',
      ServiceQuotaExceededException: 'quotaExceeded',
      ThrottlingException: 'throttled',
      ValidationException: 'invalidInput',
    },
  },
  settings,
);

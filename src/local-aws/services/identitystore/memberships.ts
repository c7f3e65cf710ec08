/** The memberships of users in groups. */
import type {
  CreateGroupMembershipRequest,
  DescribeGroupMembershipRequest,
  GetGroupMembershipIdRequest,
  IsMemberInGroupsRequest,
  ListGroupMembershipsForMemberRequest,
  ListGroupMembershipsRequest,
} from '@aws-sdk/client-identitystore';
import { paginate } from '../../pagination.ts';
import { type Call, implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { invalidPaginationToken, notFound, requireStore, taken } from './exceptions.ts';
import { newThing } from './new-thing.ts';
import type { IdentityStoreState, StoredMembership } from './state.ts';

/** The only kind of member that AWS has. */
interface Member {
  readonly UserId: string;
}

interface Membership {
  readonly IdentityStoreId: string;
  readonly GroupId: string;
  readonly MemberId: Member;
}

const defaultSize = 100;

function keyOf({ IdentityStoreId, MembershipId }: StoredMembership) {
  return { IdentityStoreId, MembershipId };
}

const CreateGroupMembership = implement(
  (input: Checked<CreateGroupMembershipRequest>, state: IdentityStoreState, { region }: Call) => {
    const { IdentityStoreId, GroupId, MemberId } = input as Membership;
    const { UserId } = MemberId;
    requireStore(state, IdentityStoreId);
    if (!state.groups.find({ IdentityStoreId, GroupId })) {
      throw notFound('GROUP', GroupId, 'Group does not exist');
    }
    if (!state.users.find({ IdentityStoreId, UserId })) {
      throw notFound('USER', UserId, 'Member does not exist');
    }
    const made = { IdentityStoreId, GroupId, MemberId: { UserId } };
    const membership = newThing('Membership', made, state.clock(), region);
    state.memberships.insert(membership, () => taken('Member and Group relationship already exists'));
    return keyOf(membership);
  },
);

const DescribeGroupMembership = implement(
  (
    { IdentityStoreId, MembershipId }: Checked<DescribeGroupMembershipRequest>,
    state: Pick<IdentityStoreState, 'stores' | 'memberships'>,
  ) => {
    requireStore(state, IdentityStoreId);
    const found = state.memberships.find({ IdentityStoreId, MembershipId });
    if (!found) throw notFound('GROUP_MEMBERSHIP', MembershipId);
    return found;
  },
);

const DeleteGroupMembership = implement(
  (
    { IdentityStoreId, MembershipId }: Checked<DescribeGroupMembershipRequest>,
    state: Pick<IdentityStoreState, 'stores' | 'memberships'>,
  ) => {
    requireStore(state, IdentityStoreId);
    if (!state.memberships.delete({ IdentityStoreId, MembershipId })) {
      throw notFound('GROUP_MEMBERSHIP', MembershipId);
    }
    return {};
  },
);

const GetGroupMembershipId = implement(
  (
    input: Checked<GetGroupMembershipIdRequest>,
    state: Pick<IdentityStoreState, 'stores' | 'memberships'>,
  ) => {
    const { IdentityStoreId, GroupId, MemberId } = input as Membership;
    requireStore(state, IdentityStoreId);
    const found = state.memberships.find({ IdentityStoreId, GroupId, UserId: MemberId.UserId });
    if (found) return keyOf(found);
    throw notFound('GROUP_MEMBERSHIP', undefined, 'Group membership not found for given Pool/Group/Member.');
  },
);

const IsMemberInGroups = implement(
  (
    { IdentityStoreId, MemberId, GroupIds }: Checked<IsMemberInGroupsRequest>,
    state: Pick<IdentityStoreState, 'stores' | 'users' | 'memberships'>,
  ) => {
    requireStore(state, IdentityStoreId);
    const { UserId } = MemberId as Member;
    if (!state.users.find({ IdentityStoreId, UserId })) throw notFound('USER', UserId);
    const Results = GroupIds.map(GroupId => ({
      GroupId,
      MemberId,
      MembershipExists: state.memberships.find({ IdentityStoreId, GroupId, UserId }) !== undefined,
    }));
    return { Results };
  },
);

const ListGroupMemberships = implement(
  (
    request: Checked<ListGroupMembershipsRequest>,
    state: Pick<IdentityStoreState, 'stores' | 'groups' | 'memberships'>,
    call: Call,
  ) => {
    const { IdentityStoreId, GroupId } = request;
    requireStore(state, IdentityStoreId);
    if (!state.groups.find({ IdentityStoreId, GroupId })) throw notFound('GROUP', GroupId);
    const { entities, nextToken } = paginate(call, request, defaultSize, invalidPaginationToken, range =>
      state.memberships.list({ IdentityStoreId, GroupId }, range),
    );
    return { GroupMemberships: entities, ...nextToken };
  },
);

const ListGroupMembershipsForMember = implement(
  (
    request: Checked<ListGroupMembershipsForMemberRequest>,
    state: Pick<IdentityStoreState, 'stores' | 'users' | 'memberships'>,
    call: Call,
  ) => {
    const { IdentityStoreId, MemberId } = request;
    const { UserId } = MemberId as Member;
    requireStore(state, IdentityStoreId);
    if (!state.users.find({ IdentityStoreId, UserId })) throw notFound('USER', UserId);
    const { entities, nextToken } = paginate(call, request, defaultSize, invalidPaginationToken, range =>
      state.memberships.list({ IdentityStoreId, UserId }, range),
    );
    return { GroupMemberships: entities, ...nextToken };
  },
);

export const membershipOperations = {
  CreateGroupMembership,
  DescribeGroupMembership,
  DeleteGroupMembership,
  GetGroupMembershipId,
  IsMemberInGroups,
  ListGroupMemberships,
  ListGroupMembershipsForMember,
};

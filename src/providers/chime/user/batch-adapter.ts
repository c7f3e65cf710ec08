/** Several users of a Chime account at once at AWS. Every method makes one call, and throws ApiError when all of it is refused. */
import { missing as missingMember, told } from '../../../adapter/answers.ts';
import type { InputOf, OutputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import type { ApiError } from '../../../errors.ts';
import { missingAccount } from '../account/adapter.ts';
import { chime } from '../service.ts';
import { type ChimeUserKey, unsupportedLicense } from './adapter.ts';
import { BatchSuspendUser, BatchUnsuspendUser, BatchUpdateUser, InviteUsers } from './operations.ts';
import { userOutcomes } from './user-outcomes.ts';

type Outcomes = readonly (ChimeUserKey | ApiError)[];

export type ChimeInvite = NonNullable<OutputOf<typeof InviteUsers>['invites']>[number] & {
  readonly emailAddress: string;
};

export class ChimeUserBatches {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  update(input: InputOf<typeof BatchUpdateUser>): Promise<Outcomes> {
    const { accountId, updateUserRequestItems } = input;
    const keys = updateUserRequestItems.map(({ userId }) => ({ accountId, userId }));
    const missing = missingAccount(accountId);
    return this.#aws.call(BatchUpdateUser, input, { missing }, ({ userErrors }) =>
      userOutcomes(keys, userErrors, { words: { BadRequest: unsupportedLicense } }),
    );
  }

  suspend(input: InputOf<typeof BatchSuspendUser>): Promise<Outcomes> {
    const context = {
      missing: missingAccount(input.accountId),
      words: {
        BadRequestException:
          'Amazon Chime refused to suspend users. Only accounts of the types TEAM and ENTERPRISE_LWA can do it.',
      },
    };
    return this.#aws.call(BatchSuspendUser, input, context, ({ userErrors }) =>
      userOutcomes(keysOf(input), userErrors),
    );
  }

  unsuspend(input: InputOf<typeof BatchUnsuspendUser>): Promise<Outcomes> {
    const words =
      'Amazon Chime refused. Only an account of the type ENTERPRISE_LWA can end a suspension, and the credentials of this gateway need the permission.';
    const context = {
      missing: missingAccount(input.accountId),
      words: { ForbiddenException: words, BadRequestException: words },
    };
    return this.#aws.call(BatchUnsuspendUser, input, context, ({ userErrors }) =>
      userOutcomes(keysOf(input), userErrors),
    );
  }

  /** What became of the invitation to each address, in their order. */
  invite(input: InputOf<typeof InviteUsers>): Promise<readonly ChimeInvite[]> {
    const words =
      'Amazon Chime refused the invitations. Only accounts of the type TEAM take them, and the credentials of this gateway need the permission.';
    const context = {
      missing: missingAccount(input.accountId),
      words: { ForbiddenException: words, BadRequestException: words },
    };
    const { userEmailList: addresses } = input;
    const arranged = ({ invites }: OutputOf<typeof InviteUsers>) => ({
      invites: inOrderOf(addresses, told(invites, 'Invites')),
    });
    return this.#aws.call(InviteUsers, input, { ...context, arranged }, ({ invites = [] }) =>
      addresses.map((emailAddress, at) => ({ ...invites[at], emailAddress })),
    );
  }
}

/** AWS does not say in which order it answers. */
function inOrderOf<Invite extends { readonly emailAddress?: string | undefined }>(
  addresses: readonly string[],
  invites: readonly Invite[],
): readonly Invite[] {
  const byAddress = new Map(invites.map(invite => [invite.emailAddress?.toLowerCase(), invite]));
  return addresses.map(address => {
    const invite = byAddress.get(address.toLowerCase());
    if (!invite) throw missingMember('an invitation for each address');
    return invite;
  });
}

export const userBatches = chime.entity(ChimeUserBatches);

function keysOf({ accountId, userIdList }: InputOf<typeof BatchSuspendUser>): readonly ChimeUserKey[] {
  return userIdList.map(userId => ({ accountId, userId }));
}

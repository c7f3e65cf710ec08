/** The users of Chime accounts at AWS. Every method throws ApiError when it is refused. */
import type { User, UserSettings } from '@aws-sdk/client-chime';
import { keyed, told } from '../../../adapter/answers.ts';
import { replacementIssues } from '../../../adapter/changes.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { InputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { missingAccount } from '../account/adapter.ts';
import { chime } from '../service.ts';
import { missingUser } from './missing-user.ts';
import {
  AssociatePhoneNumberWithUser,
  CreateUser,
  DisassociatePhoneNumberFromUser,
  GetUser,
  GetUserSettings,
  ListUsers,
  LogoutUser,
  ResetPersonalPIN,
  UpdateUser,
  UpdateUserSettings,
  userChanges,
} from './operations.ts';
import { associatedNumber, createdUser, disassociatedNumber, updatedUser } from './settling.ts';

export const userKey = new NativeKey('accountId', 'userId');

export type ChimeUserKey = KeyOf<typeof userKey>;

export type ChimeUser = ApiOutput<User> & ChimeUserKey;

/** What AWS may have meant with the refusal of a change. */
export const unsupportedLicense =
  'Amazon Chime refused the change. A user has only licences that the account supports.';

export class ChimeUsers {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  create(input: InputOf<typeof CreateUser>): Promise<ChimeUser> {
    const { accountId } = input;
    const context = {
      missing: missingAccount(accountId),
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The Amazon Chime account ${accountId} already has this user.`,
      },
      settling: createdUser,
      reread: rereadIn(accountId),
    } as const;
    return this.#aws.call(CreateUser, input, context, ({ user }) => toUser(user, accountId));
  }

  get(key: ChimeUserKey): Promise<ChimeUser> {
    const missing = missingUser(key);
    return this.#aws.call(GetUser, key, { missing }, ({ user }) => toUser(user, key.accountId));
  }

  async update(input: InputOf<typeof UpdateUser>): Promise<ChimeUserKey> {
    const context = {
      issues: replacementIssues(input, userChanges),
      missing: missingUser(input),
      words: { BadRequestException: unsupportedLicense },
      settling: updatedUser,
    };
    // AWS's own example answers with the id alone.
    await this.#aws.call(UpdateUser, input, context, ({ user }) => toUser(user, input.accountId));
    return keyOf(input);
  }

  async logOut(input: InputOf<typeof LogoutUser>): Promise<ChimeUserKey> {
    await this.#aws.call(LogoutUser, input, { missing: missingUser(input) });
    return keyOf(input);
  }

  resetPin(input: InputOf<typeof ResetPersonalPIN>): Promise<ChimeUser> {
    const { accountId } = input;
    const context = { missing: missingUser(input), reread: rereadIn(accountId) };
    return this.#aws.call(ResetPersonalPIN, input, context, ({ user }) => toUser(user, accountId));
  }

  getSettings(key: ChimeUserKey): Promise<ApiOutput<UserSettings>> {
    const input = keyOf(key);
    const missing = missingUser(key);
    return this.#aws.call(GetUserSettings, input, { missing }, ({ userSettings }) =>
      told(userSettings, 'UserSettings'),
    );
  }

  async updateSettings(input: InputOf<typeof UpdateUserSettings>): Promise<ChimeUserKey> {
    await this.#aws.call(UpdateUserSettings, input, { missing: missingUser(input) });
    return keyOf(input);
  }

  async associatePhoneNumber(input: InputOf<typeof AssociatePhoneNumberWithUser>): Promise<ChimeUserKey> {
    await this.#aws.call(AssociatePhoneNumberWithUser, input, {
      missing: missingUser(input),
      words: {
        BadRequestException:
          "Amazon Chime does not give the user this number. It has to be in the AWS account's inventory, for Business Calling, and no other user's.",
      },
      settling: associatedNumber,
    });
    return keyOf(input);
  }

  async disassociatePhoneNumber(
    input: InputOf<typeof DisassociatePhoneNumberFromUser>,
  ): Promise<ChimeUserKey> {
    await this.#aws.call(DisassociatePhoneNumberFromUser, input, {
      missing: missingUser(input),
      settling: disassociatedNumber,
    });
    return keyOf(input);
  }

  list(input: InputOf<typeof ListUsers>): Promise<ListPage<ChimeUser>> {
    const { accountId } = input;
    const missing = missingAccount(accountId);
    return this.#aws.call(ListUsers, input, { missing }, ({ users = [], nextToken }) => ({
      items: users.map(user => toUser(user, accountId)),
      nextToken,
    }));
  }
}

export const users = chime.entity(ChimeUsers);

/** The one converter of users, for create, get and list; AWS's model lets a user leave out its account. */
function toUser(user: ApiOutput<User> | undefined, accountId: string): ChimeUser {
  return keyed(userKey, { ...told(user, 'User'), accountId });
}

/** What a user of an account is at present, for one that was made or changed before. */
function rereadIn(accountId: string) {
  return (aws: AwsSession, { user }: { readonly user?: ApiOutput<User> | undefined }) => {
    const key = keyOf(toUser(user, accountId));
    return aws.call(GetUser, key, { missing: missingUser(key) });
  };
}

function keyOf({ accountId, userId }: ChimeUserKey): ChimeUserKey {
  return { accountId, userId };
}

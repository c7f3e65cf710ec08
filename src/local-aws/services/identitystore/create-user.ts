import type { CreateUserRequest, CreateUserResponse } from '@aws-sdk/client-identitystore';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { duplicate, invalid, requireStore } from './exceptions.ts';
import { requireExtensions } from './extensions.ts';
import { newUser } from './new-user.ts';
import type { IdentityStoreState } from './state.ts';

export const CreateUser = implement(
  (
    input: Checked<CreateUserRequest>,
    { stores, users, clock }: Pick<IdentityStoreState, 'stores' | 'users' | 'clock'>,
    { region },
  ): AwsJson<CreateUserResponse> => {
    const { IdentityStoreId } = input;
    requireStore({ stores }, IdentityStoreId);
    requireAttributes(input);
    requireExtensions(Object.keys(input.Extensions ?? {}));
    const user = newUser(input, clock(), region);
    const lowerUserName = input.UserName.toLowerCase();
    users.insert(user, () =>
      duplicate(users.find({ IdentityStoreId, lowerUserName }) ? 'UserName' : 'Email'),
    );
    return { IdentityStoreId, UserId: user.UserId };
  },
);

const reservedNames = new Set(['administrator', 'awsadministrators']);

/** AWS's model marks these attributes optional; IAM Identity Center wants them all the same. */
function requireAttributes(
  input: Checked<CreateUserRequest>,
): asserts input is Checked<CreateUserRequest> & { readonly UserName: string } {
  const { UserName, DisplayName, Name } = input;
  if (UserName === undefined) throw invalid('userName is a required attribute');
  if (reservedNames.has(UserName.toLowerCase())) {
    throw invalid('The userName is a reserved name and cannot be used');
  }
  const missing = [
    ...(DisplayName === undefined ? ['displayname'] : []),
    ...(Name === undefined ? ['name'] : []),
    ...(Name && Name.GivenName === undefined ? ['givenname'] : []),
    ...(Name && Name.FamilyName === undefined ? ['familyname'] : []),
  ];
  if (missing.length > 0) {
    throw invalid(missing.map(name => `${name}: The attribute ${name} is required`).join(', '));
  }
}

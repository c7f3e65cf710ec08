import type { AssociatePhoneNumberWithUserRequest } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { badRequest } from './exceptions.ts';
import { foundUser, keepUser } from './found.ts';
import type { ChimeState } from './state.ts';

const ofAnother = `entity ->> 'PrimaryProvisionedNumber' = :number AND UserId <> :UserId`;

/** Any number is taken for one of the AWS account's, as long as no other user has it. */
export const AssociatePhoneNumberWithUser = implement(
  (
    { E164PhoneNumber, ...key }: Checked<AssociatePhoneNumberWithUserRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
  ): object => {
    const user = foundUser(state, key);
    const number = E164PhoneNumber.startsWith('+') ? E164PhoneNumber : `+${E164PhoneNumber}`;
    const { UserId } = user;
    const { entities } = state.users.listWhere(ofAnother, { number, UserId }, { after: 0, limit: 1 });
    if (entities.length > 0) throw badRequest();
    keepUser(state, { ...user, PrimaryProvisionedNumber: number });
    return {};
  },
);

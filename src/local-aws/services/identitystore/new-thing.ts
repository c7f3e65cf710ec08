/** What IAM Identity Center adds to what is made in a store. */
import { randomUUID } from 'node:crypto';
import { awsAccountId, partitionOf } from '../aws-account.ts';

/**
 * A thing as IAM Identity Center makes it today: ids that it made years ago begin with the ten digits of their store, as those
 * of the demo world do.
 *
 * @param noun What its id is named after: "User".
 */
export function newThing<Noun extends string, Input extends { readonly IdentityStoreId: string }>(
  noun: Noun,
  input: Input,
  now: Date,
  region: string,
): Input & { readonly [Id in `${Noun}Id`]: string } & Stamps {
  const { UpdatedAt, UpdatedBy } = updated(now, region);
  const stamps = { CreatedAt: UpdatedAt, CreatedBy: UpdatedBy, UpdatedAt, UpdatedBy };
  return { ...input, [`${noun}Id`]: randomUUID(), ...stamps } as never;
}

interface Stamps {
  readonly CreatedAt: number;
  readonly CreatedBy: string;
  readonly UpdatedAt: number;
  readonly UpdatedBy: string;
}

/** AWS does not document who it writes here; an ARN of the caller is the likely form. */
export function updated(now: Date, region: string): Pick<Stamps, 'UpdatedAt' | 'UpdatedBy'> {
  const UpdatedBy = `arn:${partitionOf(region)}:iam::${awsAccountId}:root`;
  return { UpdatedAt: now.getTime() / 1000, UpdatedBy };
}

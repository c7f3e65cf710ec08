/** The parts of a user's profile: each an output type, and an input type with the same fields. */

import type { InputOf } from '../../../adapter/request.ts';
import { builder } from '../../../schema/builder.ts';
import type { IdentityStoreUser } from './adapter.ts';
import type { CreateUser } from './operations.ts';

type Part<User, Of extends keyof User> = (NonNullable<User[Of]> extends readonly (infer Item)[]
  ? Item
  : NonNullable<User[Of]>) &
  object;

type Member = 'name' | 'emails' | 'addresses' | 'phoneNumbers' | 'photos' | 'roles';

interface PartOptions<Shape> {
  readonly description: string;
  /** The texts of the part, described; `primary` is a flag. */
  readonly fields: Readonly<Record<keyof Shape & string, string>>;
  readonly required?: readonly (keyof Shape & string)[];
}

function profilePart<Of extends Member>(
  name: string,
  { description, fields, required = [] }: PartOptions<Part<IdentityStoreUser, Of>>,
) {
  const entries = Object.entries<string>(fields);
  const output = builder.objectRef<Part<IdentityStoreUser, Of>>(name).implement({
    description,
    fields: t =>
      Object.fromEntries(
        entries.map(([field, words]) => [
          field,
          field === 'primary'
            ? t.boolean({ description: words, resolve: part => part[field as never] as boolean })
            : t.string({ description: words, resolve: part => part[field as never] as string }),
        ]),
      ),
  });
  const input = builder.inputRef<Part<InputOf<typeof CreateUser>, Of>>(`${name}Input`).implement({
    description,
    fields: t =>
      Object.fromEntries(
        entries.map(([field, words]) => [
          field,
          field === 'primary'
            ? t.boolean({ description: words })
            : t.string({ description: words, required: required.includes(field as never) }),
        ]),
      ) as never,
  });
  return { output, input };
}

const primary = 'Whether it is the main one of its kind.';

export const name = profilePart<'name'>('IdentityStoreName', {
  description: "The parts of a person's name.",
  fields: {
    formatted: 'The whole name, as it is shown.',
    familyName: 'The family name. AWS wants it of every new user.',
    givenName: 'The given name. AWS wants it of every new user.',
    middleName: 'The middle name.',
    honorificPrefix: 'A title before the name, such as "Dr.".',
    honorificSuffix: 'A title after the name, such as "III".',
  },
});

export const email = profilePart<'emails'>('IdentityStoreEmail', {
  description: 'An e-mail address of a person.',
  fields: { value: 'The address, unique in its identity store.', type: 'Its kind, such as "work".', primary },
});

export const address = profilePart<'addresses'>('IdentityStoreAddress', {
  description: 'A postal address of a person.',
  fields: {
    streetAddress: 'The street and the number.',
    locality: 'The city or village.',
    region: 'The state, province or region.',
    postalCode: 'The postal code.',
    country: 'The country.',
    formatted: 'The whole address, as it is shown.',
    type: 'Its kind, such as "home".',
    primary,
  },
});

export const phoneNumber = profilePart<'phoneNumbers'>('IdentityStorePhoneNumber', {
  description: 'A phone number of a person.',
  fields: { value: 'The number.', type: 'Its kind, such as "mobile".', primary },
});

export const photo = profilePart<'photos'>('IdentityStorePhoto', {
  description: 'A photo of a person.',
  fields: {
    value: 'The URL of the photo.',
    type: 'Its kind, such as "thumbnail".',
    display: 'A name of the photo, to show.',
    primary,
  },
  required: ['value'],
});

export const role = profilePart<'roles'>('IdentityStoreRole', {
  description: 'A role of a person.',
  fields: { value: 'The role, such as "administrator".', type: 'Its kind.', primary },
});

/** Request shapes of the Identity Store (API version 2020-06-15), with the constraints of AWS's own model. */
import { boolean, document, integer, list, map, string, structure, union } from './shapes.ts';

const visible = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+';
const visibleCharacters =
  'may contain only letters, marks, symbols, digits and punctuation, and no white space';

export const IdentityStoreId = string({
  min: 1,
  max: 36,
  pattern: {
    source: 'd-[0-9a-f]{10}$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    requirement: 'must be "d-" and ten hexadecimal digits (d-1234567890), or a UUID, in lower case',
  },
});

export const ResourceId = string({
  min: 1,
  max: 47,
  pattern: {
    source: '([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}',
    requirement: 'must be a UUID, or ten hexadecimal digits, "-" and a UUID',
  },
});

export const UserName = string({
  min: 1,
  max: 128,
  pattern: { source: visible, requirement: visibleCharacters },
  sensitive: true,
});

/** Text of a person's profile. The class ends in a space, a no-break space and an ideographic space. */
const Text = string({
  min: 1,
  max: 1024,
  pattern: {
    source: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \\u00A0\\u3000]+',
    requirement:
      'may contain only letters, marks, symbols, digits, punctuation, spaces, tabs and line breaks',
  },
  sensitive: true,
});

const ExternalIdPart = string({
  min: 1,
  max: 256,
  pattern: { source: visible, requirement: visibleCharacters },
  sensitive: true,
});

const ExtensionName = string({
  min: 1,
  max: 50,
  pattern: {
    source: 'aws:identitystore:[a-z]{1,20}',
    requirement: 'must be "aws:identitystore:" and 1 to 20 lower-case letters',
  },
});

const AttributePath = string({
  min: 1,
  max: 255,
  pattern: {
    source: '(?:\\p{L}+:\\p{L}+:\\p{L}+(?:\\.\\p{L}+){0,3}|\\p{L}+(?:\\.\\p{L}+){0,2})',
    requirement: 'must be the name of an attribute, with dots between its parts, such as emails.value',
  },
});

const text = Text.optional();
const primary = boolean().optional();

const Name = structure({
  Formatted: text,
  FamilyName: text,
  GivenName: text,
  MiddleName: text,
  HonorificPrefix: text,
  HonorificSuffix: text,
});

const Email = structure({ Value: text, Type: text, Primary: primary });

const Address = structure({
  StreetAddress: text,
  Locality: text,
  Region: text,
  PostalCode: text,
  Country: text,
  Formatted: text,
  Type: text,
  Primary: primary,
});

const PhoneNumber = structure({ Value: text, Type: text, Primary: primary });

const Photo = structure({ Value: Text, Type: text, Display: text, Primary: primary });

const Role = structure({ Value: text, Type: text, Primary: primary });

export const CreateUserRequest = structure({
  IdentityStoreId,
  UserName: UserName.optional(),
  Name: Name.optional(),
  DisplayName: text,
  NickName: text,
  ProfileUrl: text,
  Emails: list(Email, { min: 1, max: 1 }).optional(),
  Addresses: list(Address, { min: 1, max: 1 }).optional(),
  PhoneNumbers: list(PhoneNumber, { min: 1, max: 1 }).optional(),
  UserType: text,
  Title: text,
  PreferredLanguage: text,
  Locale: text,
  Timezone: text,
  Photos: list(Photo, { min: 1, max: 3 }).optional(),
  Website: text,
  Birthdate: text,
  Roles: list(Role, { min: 1, max: 1 }).optional(),
  Extensions: map(ExtensionName, document(), { min: 1, max: 10 }).optional(),
});

export const DeleteUserRequest = structure({ IdentityStoreId, UserId: ResourceId });

const ExtensionNames = list(ExtensionName, { min: 1, max: 10 }).optional();

export const DescribeUserRequest = structure({
  IdentityStoreId,
  UserId: ResourceId,
  Extensions: ExtensionNames,
});

export const GetUserIdRequest = structure({
  IdentityStoreId,
  AlternateIdentifier: union({
    ExternalId: structure({ Issuer: ExternalIdPart, Id: ExternalIdPart }).optional(),
    UniqueAttribute: structure({ AttributePath, AttributeValue: document() }).optional(),
  }),
});

const NextToken = string({
  min: 1,
  max: 65535,
  pattern: {
    source: '[-a-zA-Z0-9+=/:_]*',
    requirement: 'may contain only letters, digits and any of - + = / : _',
  },
});

const Filter = structure({ AttributePath, AttributeValue: Text });

export const ListUsersRequest = structure({
  IdentityStoreId,
  Extensions: ExtensionNames,
  MaxResults: integer({ min: 1, max: 100 }).optional(),
  NextToken: NextToken.optional(),
  Filters: list(Filter, { min: 0, max: 1 }).optional(),
});

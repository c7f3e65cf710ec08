/** Request shapes of Amazon Chime (API version 2018-05-01), with the constraints of AWS's own model. */
import { integer, oneOf, type Pattern, string, structure } from './shapes.ts';

const notBlank: Pattern = {
  source: '.*\\S.*',
  requirement: 'must have at least one character that is not white space',
};

const NonEmptyString = string({ pattern: notBlank });

const AccountName = string({ min: 1, max: 100, pattern: notBlank });

/**
 * AWS sets no length on e-mail addresses, and its pattern takes quadratic time on a long run of "@", so
 * the same rule is tested by position: a character, an "@", a character, a ".", a character, on one line.
 */
export const EmailAddress = string({
  pattern: {
    source: '.+@.+\\..+',
    requirement: 'must be an e-mail address such as ada@example.com',
    matches: value => {
      const at = value.indexOf('@', 1);
      return (
        at > 0 && value.lastIndexOf('.', value.length - 2) >= at + 2 && !/[\n\r\u2028\u2029]/.test(value)
      );
    },
  },
  sensitive: true,
});

export const UserType = oneOf(['PrivateUser', 'SharedDevice']);

const MaxResults = integer({ min: 1, max: 200 });

export const CreateAccountRequest = structure({ Name: AccountName });

export const GetAccountRequest = structure({ AccountId: NonEmptyString });

export const ListAccountsRequest = structure({
  Name: AccountName.optional(),
  UserEmail: EmailAddress.optional(),
  NextToken: string().optional(),
  MaxResults: MaxResults.optional(),
});

export const CreateUserRequest = structure({
  AccountId: NonEmptyString,
  Username: string().optional(),
  Email: EmailAddress.optional(),
  UserType: UserType.optional(),
});

export const GetUserRequest = structure({ AccountId: NonEmptyString, UserId: NonEmptyString });

export const ListUsersRequest = structure({
  AccountId: NonEmptyString,
  UserEmail: EmailAddress.optional(),
  UserType: UserType.optional(),
  MaxResults: MaxResults.optional(),
  NextToken: string().optional(),
});

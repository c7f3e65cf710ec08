/** What the schema says of the members of a user, which its type and its inputs have in common. */

/** The members that are plain texts. */
export const texts = {
  displayName: 'The name to show for the person. AWS wants it of every new user.',
  nickName: 'A familiar name.',
  profileUrl: 'The URL of a page about the person.',
  userType: 'The kind of user, such as "Employee".',
  title: 'The job title.',
  preferredLanguage: 'The language that the person prefers, such as "fr-CA".',
  locale: 'The place whose formats the person uses, such as "de-CH".',
  timezone: 'The time zone of the person, such as "Europe/Zurich".',
  website: "The URL of the person's website.",
  birthdate: 'The date of birth, as YYYY-MM-DD.',
} as const;

export const descriptions = {
  userName: 'What the user signs in with; unique in the store.',
  name: "The person's name.",
  emails: 'The e-mail address; AWS holds at most one.',
  addresses: 'The postal address; AWS holds at most one.',
  phoneNumbers: 'The phone number; AWS holds at most one.',
  photos: 'Photos; AWS holds at most three.',
  roles: 'The role; AWS holds at most one.',
  extensions:
    'Further attributes, by the name of their extension. AWS knows one extension, `aws:identitystore:enterprise`.',
} as const;

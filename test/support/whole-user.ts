/** A user of an identity store with all that AWS keeps of one, and what is asked for of it. */
import { notFound } from './refusals.ts';

/** Every member that can be sent. */
export const sentFields = `
  identityStoreId userId userName displayName nickName profileUrl userType title preferredLanguage locale timezone
  website birthdate extensions
  name { formatted familyName givenName middleName honorificPrefix honorificSuffix }
  emails { value type primary } phoneNumbers { value type primary } roles { value type primary }
  addresses { streetAddress locality region postalCode country formatted type primary }
  photos { value type display primary }`;

/** What AWS wants of a new user. */
export const minimal = {
  userName: 'margaret',
  displayName: 'Margaret Hamilton',
  name: { givenName: 'Margaret', familyName: 'Hamilton' },
};

/** Every member that AWS's CreateUser has. */
export const complete = {
  ...minimal,
  name: {
    formatted: 'Dr. Margaret Heafield Hamilton, MSc',
    familyName: 'Hamilton',
    givenName: 'Margaret',
    middleName: 'Heafield',
    honorificPrefix: 'Dr.',
    honorificSuffix: 'MSc',
  },
  nickName: 'Maggie',
  profileUrl: 'https://example.com/margaret',
  emails: [{ value: 'margaret@example.com', type: 'work', primary: true }],
  addresses: [
    {
      streetAddress: '1 Main Street',
      locality: 'Boston',
      region: 'MA',
      postalCode: '02108',
      country: 'US',
      formatted: '1 Main Street, Boston MA 02108',
      type: 'home',
      primary: false,
    },
  ],
  phoneNumbers: [{ value: '+1 617 555 0100', type: 'mobile', primary: true }],
  userType: 'Employee',
  title: 'Director of Software Engineering',
  preferredLanguage: 'en-US',
  locale: 'en-US',
  timezone: 'America/New_York',
  photos: [
    { value: 'https://example.com/1.jpg', type: 'photo', display: 'One', primary: true },
    { value: 'https://example.com/2.jpg', type: 'thumbnail', display: 'Two', primary: false },
    { value: 'https://example.com/3.jpg', type: 'thumbnail', display: 'Three', primary: false },
  ],
  website: 'https://margaret.example.com',
  birthdate: '1936-08-17',
  roles: [{ value: 'engineer', type: 'job', primary: true }],
  extensions: {
    'aws:identitystore:enterprise': { employeeNumber: '701984', costCenter: { Id: 4130 }, Manager: null },
  },
};

/** The refusal of what is in a store that does not exist. */
export const noStore = notFound(
  'IDENTITY_STORE',
  'd-0000000000',
  'The Identity Store has no identity store "d-0000000000".',
);

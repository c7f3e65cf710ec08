import type { Examples } from '../../../schema/examples.ts';

const accountId = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';

export const examples: Examples = {
  chimeUser: {
    args: { accountId, by: { email: 'ada@example.com' } },
    select: 'id userId primaryEmail licenseType userRegistrationStatus',
  },
  createChimeUser: {
    note: 'AWS ended support for Amazon Chime on 2026-02-20.',
    args: {
      input: {
        accountId,
        username: 'katherine',
        email: 'katherine@example.com',
        userType: 'PRIVATE_USER',
      },
    },
    select: 'user { id userId primaryEmail displayName personalPIN }',
    tab: true,
  },
};

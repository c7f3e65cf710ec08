import type { Examples } from '../../../schema/examples.ts';

const accountId = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';
const note = 'AWS ended support for Amazon Chime on 2026-02-20.';

export const examples: Examples = {
  chimeAccount: {
    args: { accountId },
    select: `id name
      users(first: 10) { edges { node { id userId primaryEmail } } pageInfo { hasNextPage endCursor } }`,
    tab: true,
  },
  chimeAccounts: {
    args: { first: 10 },
    select: 'edges { node { id accountId name } } pageInfo { hasNextPage endCursor }',
  },
  createChimeAccount: {
    note,
    args: { input: { name: 'Calculators' } },
    select: 'account { id accountId name accountType defaultLicense }',
  },
  updateChimeAccount: {
    note,
    args: { input: { accountId, name: 'Demo Squad', defaultLicense: 'BASIC' } },
    select: 'account { id accountId name defaultLicense supportedLicenses }',
  },
  deleteChimeAccount: {
    note: `${note} This account has no users any more.`,
    args: { input: { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567892' } },
    select: 'deletedAccountId accountId',
  },
};

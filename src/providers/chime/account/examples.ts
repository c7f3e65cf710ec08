import type { Examples } from '../../../schema/examples.ts';

export const examples: Examples = {
  chimeAccount: {
    args: { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890' },
    select: `id name
      users(first: 10) { edges { node { id userId primaryEmail } } pageInfo { hasNextPage endCursor } }`,
    tab: true,
  },
  chimeAccounts: {
    args: { first: 10 },
    select: 'edges { node { id accountId name } } pageInfo { hasNextPage endCursor }',
  },
};

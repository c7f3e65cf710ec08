import type { Examples } from '../../../schema/examples.ts';

const appInstanceArn =
  'arn:aws:chime:us-east-1:123456789012:app-instance/4d5e6f70-8192-4a3b-9c4d-000000000001';

export const examples: Examples = {
  chimeSdkAppInstance: {
    args: { appInstanceArn },
    select: `id name metadata createdTimestamp
      users(first: 10) { edges { node { id appInstanceUserId name } } pageInfo { hasNextPage endCursor } }
      admins(first: 10) { edges { node { id name } } }`,
    tab: true,
  },
  chimeSdkAppInstances: {
    args: { first: 10 },
    select: 'edges { node { id appInstanceArn name } } pageInfo { hasNextPage endCursor }',
  },
  createChimeSdkAppInstance: {
    args: { input: { name: 'Help desk', tags: [{ key: 'stage', value: 'test' }] } },
    select: 'appInstance { id appInstanceArn name }',
  },
  updateChimeSdkAppInstance: {
    args: { input: { appInstanceArn, name: 'Demo Chat', metadata: '{"stage":"live"}' } },
    select: 'appInstance { id name metadata lastUpdatedTimestamp }',
  },
  deleteChimeSdkAppInstance: {
    note: 'Its users and admins go with it.',
    args: { input: { appInstanceArn } },
    select: 'deletedAppInstanceArn appInstanceArn',
  },
};

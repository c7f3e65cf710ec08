import type { Examples } from '../../../schema/examples.ts';
import { ChimeSdkAppInstanceUser } from './type.ts';

const appInstanceArn =
  'arn:aws:chime:us-east-1:123456789012:app-instance/4d5e6f70-8192-4a3b-9c4d-000000000001';
const ada = `${appInstanceArn}/user/ada`;

export const examples: Examples = {
  chimeSdkAppInstanceUser: {
    args: { appInstanceUserArn: ada },
    select:
      'id appInstanceUserId name createdTimestamp expirationSettings { expirationDays } appInstance { name }',
    finds: ChimeSdkAppInstanceUser.globalId({ appInstanceUserArn: ada }),
  },
  createChimeSdkAppInstanceUser: {
    args: {
      input: {
        appInstanceArn,
        appInstanceUserId: 'katherine',
        name: 'Katherine Johnson',
        expirationSettings: { expirationDays: 30, expirationCriterion: 'CREATED_TIMESTAMP' },
      },
    },
    select: 'user { id appInstanceUserArn name }',
  },
  updateChimeSdkAppInstanceUser: {
    args: { input: { appInstanceUserArn: ada, name: 'Ada King', metadata: '{"team":"analysts"}' } },
    select: 'user { id name metadata lastUpdatedTimestamp }',
  },
  putChimeSdkAppInstanceUserExpirationSettings: {
    args: {
      input: {
        appInstanceUserArn: ada,
        expirationSettings: { expirationDays: 365, expirationCriterion: 'CREATED_TIMESTAMP' },
      },
    },
    select: 'user { id expirationSettings { expirationDays expirationCriterion } }',
  },
  deleteChimeSdkAppInstanceUser: {
    args: { input: { appInstanceUserArn: `${appInstanceArn}/user/grace` } },
    select: 'deletedAppInstanceUserArn appInstanceUserArn',
  },
};

import type { Examples } from '../../../schema/examples.ts';

const appInstanceArn =
  'arn:aws:chime:us-east-1:123456789012:app-instance/4d5e6f70-8192-4a3b-9c4d-000000000001';
const ada = `${appInstanceArn}/user/ada`;

export const examples: Examples = {
  chimeSdkAppInstanceAdmin: {
    args: { appInstanceArn, appInstanceAdminArn: ada },
    select: 'id name createdTimestamp user { appInstanceUserId metadata }',
  },
  createChimeSdkAppInstanceAdmin: {
    args: { input: { appInstanceArn, appInstanceAdminArn: `${appInstanceArn}/user/grace` } },
    select: 'admin { id appInstanceAdminArn }',
  },
  deleteChimeSdkAppInstanceAdmin: {
    note: 'The user stays.',
    args: { input: { appInstanceArn, appInstanceAdminArn: ada } },
    select: 'deletedAppInstanceAdminArn appInstanceAdminArn',
  },
};

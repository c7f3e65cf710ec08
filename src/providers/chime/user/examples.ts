import type { Examples } from '../../../schema/examples.ts';
import { ChimeUser } from './type.ts';

const accountId = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';

const userId = '2c4e6a80-1357-4a9b-8cde-0000000000a1';
const enterprise = '6f1c2d3e-4b5a-4c6d-8e7f-901234567891';
const note = 'AWS ended support for Amazon Chime on 2026-02-20.';

export const examples: Examples = {
  chimeUser: {
    args: { accountId, by: { email: 'ada@example.com' } },
    select: 'id userId primaryEmail licenseType userRegistrationStatus',
    finds: ChimeUser.globalId({ accountId, userId }),
  },
  createChimeUser: {
    note,
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
  exportChimeUsers: {
    note: `A bulk job. ${note}`,
    args: { input: { accountId } },
    select: 'job { id state counts { total waiting invalid } }',
  },
  importChimeUsers: {
    note: `A bulk job. ${note}`,
    args: {
      input: {
        accountId,
        onExisting: 'SKIP',
        source: {
          rows: [
            { username: 'dorothy', email: 'dorothy@example.com' },
            { username: 'ada', email: 'ada@example.com' },
          ],
        },
      },
    },
    select: 'job { id state counts { total waiting invalid } }',
  },
  updateChimeUser: {
    note,
    args: { input: { accountId, userId, licenseType: 'BASIC' } },
    select: 'user { id userId licenseType userType }',
  },
  logOutChimeUser: { note, args: { input: { accountId, userId } }, select: 'user { id userId }' },
  resetChimeUserPin: {
    note,
    args: { input: { accountId, userId } },
    select: 'user { id userId personalPIN }',
  },
  updateChimeUserSettings: {
    note,
    args: {
      input: {
        accountId,
        userId,
        userSettings: { telephony: { inboundCalling: true, outboundCalling: false, sms: false } },
      },
    },
    select: 'settings { telephony { inboundCalling outboundCalling sms } } user { id userId }',
  },
  associateChimePhoneNumberWithUser: {
    note,
    args: { input: { accountId, userId, e164PhoneNumber: '+12065550100' } },
    select: 'user { id userId primaryProvisionedNumber }',
  },
  disassociateChimePhoneNumberFromUser: {
    note,
    args: { input: { accountId, userId } },
    select: 'user { id userId primaryProvisionedNumber }',
  },
  updateChimeUsers: {
    note,
    args: {
      input: {
        accountId,
        updateUserRequestItems: [
          { userId, licenseType: 'BASIC' },
          { userId: '2c4e6a80-1357-4a9b-8cde-0000000000b2', licenseType: 'BASIC' },
        ],
      },
    },
    select: outcomes('UpdateChimeUserSucceeded', 'userId'),
  },
  inviteChimeUsers: {
    note,
    args: { input: { accountId, userEmailList: ['evelyn@example.com', 'annie@example.com'] } },
    select: outcomes('InviteChimeUserSucceeded', 'emailAddress status emailStatus'),
  },
  suspendChimeUsers: {
    note: `${note} This account is of the type ENTERPRISE_LWA; one of the type TEAM loses the users.`,
    args: { input: { accountId: enterprise, userIdList: ['2c4e6a80-1357-4a9b-8cde-0000000000d4'] } },
    select: outcomes('SuspendChimeUserSucceeded', 'userId'),
  },
  unsuspendChimeUsers: {
    note,
    args: { input: { accountId: enterprise, userIdList: ['2c4e6a80-1357-4a9b-8cde-0000000000e5'] } },
    select: outcomes('UnsuspendChimeUserSucceeded', 'userId'),
  },
};

function outcomes(success: string, fields: string): string {
  return `outcomes { __typename ... on ${success} { ${fields} } ... on Error { message } }`;
}

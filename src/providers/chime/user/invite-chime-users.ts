import { builder } from '../../../schema/builder.ts';
import { batchMutation } from '../../../schema/operation/batch-mutation.ts';
import { mostItems } from '../../../schema/operation/most-items.ts';
import type { SuccessBuilder } from '../../../schema/operation/result.ts';
import { type ChimeInvite, userBatches } from './batch-adapter.ts';
import { InviteUsers } from './operations.ts';
import { ChimeUserInvitationStatus, ChimeUserType } from './type.ts';

const ChimeInviteEmailStatus = builder.enumType('ChimeInviteEmailStatus', {
  description: 'What became of the e-mail of an invitation to Chime.',
  values: {
    NOT_SENT: { value: 'NotSent', description: 'It was not sent.' },
    SENT: { value: 'Sent', description: 'It was sent.' },
    FAILED: { value: 'Failed', description: 'It could not be sent.' },
  } as const,
});

export const inviteChimeUsers = batchMutation('inviteChimeUsers', {
  description:
    `Invites people into an Amazon Chime account of the type TEAM by e-mail, ${mostItems}; also those who were ` +
    'suspended. Only TEAM accounts take invitations. A repeat sends them once more. AWS ended support for Amazon Chime on ' +
    '2026-02-20.',
  inputDescription: ['The people to invite', 'into a Chime account'],
  scope: 'chime:users:invite',
  operation: InviteUsers,
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account to invite them into.' }),
    userEmailList: t.stringList({ required: true, description: 'Their e-mail addresses.' }),
    userType: t.field({ type: ChimeUserType, description: 'Who or what they are; people if absent.' }),
  }),
  list: 'userEmailList',
  // AWS does not say whether the letters' case matters in an address; two invitations to one person would be one too many.
  keyOf: email => email.toLowerCase(),
  outcome: {
    stem: 'InviteChimeUser',
    description: 'What can come of inviting one person.',
    successDescription: 'Returned when Amazon Chime took the invitation; its statuses say what became of it.',
    success: (t: SuccessBuilder<ChimeInvite>) => ({
      emailAddress: t.exposeString('emailAddress', { nullable: false, description: 'The e-mail address.' }),
      inviteId: t.exposeString('inviteId', { description: 'The id that AWS gave the invitation.' }),
      status: t.expose('status', {
        type: ChimeUserInvitationStatus,
        description: 'What became of the invitation.',
      }),
      emailStatus: t.expose('emailStatus', {
        type: ChimeInviteEmailStatus,
        description: 'What became of its e-mail.',
      }),
    }),
  },
  run: async (input, context) => ({ outcomes: await context.aws(userBatches).invite(input) }),
});

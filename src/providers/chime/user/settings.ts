/** The settings of a Chime user. */
import type { OutputOf } from '../../../adapter/request.ts';
import { builder } from '../../../schema/builder.ts';
import { field } from '../../../schema/operation/query.ts';
import { settingsByUser } from './loaders.ts';
import { GetUserSettings } from './operations.ts';
import { ChimeUser } from './type.ts';

type Settings = NonNullable<OutputOf<typeof GetUserSettings>['userSettings']>;

const texts = {
  inboundCalling: 'Whether calls from the telephone network reach the user.',
  outboundCalling: 'Whether the user may call the telephone network.',
  sms: 'Whether the user may send and receive text messages.',
};

const ChimeTelephonySettings = builder.objectRef<Settings['telephony']>('ChimeTelephonySettings').implement({
  description: 'What a Chime user may do with a phone number.',
  fields: t => ({
    inboundCalling: t.exposeBoolean('inboundCalling', { nullable: false, description: texts.inboundCalling }),
    outboundCalling: t.exposeBoolean('outboundCalling', {
      nullable: false,
      description: texts.outboundCalling,
    }),
    sms: t.exposeBoolean('sms', { nullable: false, description: texts.sms }),
  }),
});

export const ChimeUserSettings = builder.objectRef<Settings>('ChimeUserSettings').implement({
  description: 'The settings of a Chime user.',
  fields: t => ({
    telephony: t.expose('telephony', {
      type: ChimeTelephonySettings,
      nullable: false,
      description: 'What the user may do with a phone number.',
    }),
  }),
});

const ChimeTelephonySettingsInput = builder.inputType('ChimeTelephonySettingsInput', {
  description: 'What a Chime user may do with a phone number, all of it.',
  fields: t => ({
    inboundCalling: t.boolean({ required: true, description: texts.inboundCalling }),
    outboundCalling: t.boolean({ required: true, description: texts.outboundCalling }),
    sms: t.boolean({ required: true, description: texts.sms }),
  }),
});

export const ChimeUserSettingsInput = builder.inputType('ChimeUserSettingsInput', {
  description: 'All settings of a Chime user.',
  fields: t => ({
    telephony: t.field({
      type: ChimeTelephonySettingsInput,
      required: true,
      description: 'What the user may do with a phone number.',
    }),
  }),
});

export const userSettings = field(ChimeUser, 'settings', {
  description: 'The settings, with a call to AWS for each user. Null when the user does not exist any more.',
  scope: 'chime:users:read',
  aws: [GetUserSettings],
  type: ChimeUserSettings,
  args: () => ({}),
  run: (user, _args, context) => context.find(settingsByUser, user),
});

import { builder } from '../../../schema/builder.ts';
import type { ChimeSdkAppInstanceUser } from './adapter.ts';

const ChimeSdkExpirationCriterion = builder.enumType('ChimeSdkExpirationCriterion', {
  description: 'What the days of expiration settings are counted from.',
  values: {
    CREATED_TIMESTAMP: { description: 'The creation of the user.' },
  } as const,
});

const days = 'After how many days the user is deleted, with up to six hours more.';
const criterion = 'What the days are counted from.';

export const ChimeSdkExpirationSettings = builder
  .objectRef<NonNullable<ChimeSdkAppInstanceUser['expirationSettings']>>('ChimeSdkExpirationSettings')
  .implement({
    description: 'When AWS deletes a user of an app instance by itself.',
    fields: t => ({
      expirationDays: t.exposeInt('expirationDays', { nullable: false, description: days }),
      expirationCriterion: t.expose('expirationCriterion', {
        type: ChimeSdkExpirationCriterion,
        description: criterion,
      }),
    }),
  });

export const ChimeSdkExpirationSettingsInput = builder.inputType('ChimeSdkExpirationSettingsInput', {
  description: 'When AWS deletes a user of an app instance by itself.',
  fields: t => ({
    expirationDays: t.int({ required: true, description: days }),
    expirationCriterion: t.field({
      type: ChimeSdkExpirationCriterion,
      required: true,
      description: criterion,
    }),
  }),
});

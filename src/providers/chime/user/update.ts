/** What updates of Chime users take, one by one or many: what is absent stays, and nothing can be unset. */
import { builder } from '../../../schema/builder.ts';
import type { InputBuilder } from '../../../schema/operation/mutation.ts';
import { ChimeLicense } from '../license.ts';
import { ChimeUserType } from './type.ts';

const AlexaForBusinessMetadataInput = builder.inputType('ChimeAlexaForBusinessMetadataInput', {
  description: 'How a Chime user works together with Alexa for Business.',
  fields: t => ({
    isAlexaForBusinessEnabled: t.boolean({ description: 'Whether the user may use it.' }),
    alexaForBusinessRoomArn: t.string({
      description: 'The Amazon Resource Name of the room of a shared device.',
    }),
  }),
});

export const updatedUser = (t: InputBuilder) => ({
  userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
  licenseType: t.field({ type: ChimeLicense, description: 'The licence, one that the account supports.' }),
  userType: t.field({ type: ChimeUserType, description: 'Who or what the user is.' }),
  alexaForBusinessMetadata: t.field({
    type: AlexaForBusinessMetadataInput,
    description: 'How the user works together with Alexa for Business, as a whole.',
  }),
});

import { builder } from '../../schema/builder.ts';

export const ChimeSdkTagInput = builder.inputType('ChimeSdkTagInput', {
  description: 'A tag of something that is to be created.',
  fields: t => ({
    key: t.string({ required: true, description: 'Its key.' }),
    value: t.string({ required: true, description: 'Its value.' }),
  }),
});

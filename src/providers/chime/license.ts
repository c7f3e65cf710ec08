import { builder } from '../../schema/builder.ts';

export const ChimeLicense = builder.enumType('ChimeLicense', {
  description: 'The licences of Amazon Chime.',
  values: {
    BASIC: { value: 'Basic', description: 'Joining meetings and chatting.' },
    PLUS: { value: 'Plus', description: 'An older licence between the other two.' },
    PRO: { value: 'Pro', description: 'Hosting meetings too.' },
    PRO_TRIAL: { value: 'ProTrial', description: 'Pro for a time, without payment.' },
  } as const,
});

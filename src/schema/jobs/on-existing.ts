import { builder } from '../builder.ts';

/** What an import does with what exists already. */
export const OnExisting = builder.enumType('OnExisting', {
  description: 'What an import does with a row whose thing exists already.',
  values: {
    FAIL: { description: 'The row fails with a ConflictError.' },
    SKIP: { description: 'The thing is left as it is.' },
    UPDATE: { description: 'The thing is given the attributes that the row has; its others stay.' },
  },
});

export type OnExisting = typeof OnExisting.$inferType;

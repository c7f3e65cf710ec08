import type { Examples } from '../../../schema/examples.ts';
import { RekognitionUser } from './type.ts';

export const examples: Examples = {
  rekognitionUser: {
    args: { collectionId: 'employees', userId: 'ada' },
    select: 'id userId userStatus',
    finds: RekognitionUser.globalId({ collectionId: 'employees', userId: 'ada' }),
  },
  createRekognitionUser: {
    args: { input: { collectionId: 'employees', userId: 'katherine' } },
    select: 'user { id collectionId userId userStatus }',
    tab: true,
  },
  importRekognitionUsers: {
    note: 'A bulk job: Dorothy is new, Ada exists.',
    args: {
      input: {
        collectionId: 'employees',
        onExisting: 'SKIP',
        source: { rows: [{ userId: 'dorothy' }, { userId: 'ada' }] },
      },
    },
    select: 'job { id state counts { total waiting invalid } }',
  },
  exportRekognitionUsers: {
    note: 'A bulk job.',
    args: { input: { collectionId: 'employees' } },
    select: 'job { id state counts { total waiting invalid } }',
  },
  deleteRekognitionUsers: {
    note: 'A bulk job that only tells what it would do.',
    args: { input: { collectionId: 'employees', dryRun: true, source: { rows: [{ userId: 'alan' }] } } },
    select: 'job { id state counts { total waiting invalid } }',
  },
  deleteRekognitionUser: {
    note: "Alan is one of the demo world's users.",
    args: { input: { collectionId: 'employees', userId: 'alan' } },
    select: 'deletedUserId userId',
    tab: true,
  },
};

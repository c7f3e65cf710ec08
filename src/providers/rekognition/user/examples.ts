import type { Examples } from '../../../schema/examples.ts';

export const examples: Examples = {
  rekognitionUser: {
    args: { collectionId: 'employees', userId: 'ada' },
    select: 'id userId userStatus',
  },
  createRekognitionUser: {
    args: { input: { collectionId: 'employees', userId: 'katherine' } },
    select: 'user { id collectionId userId userStatus }',
    tab: true,
  },
  deleteRekognitionUser: {
    note: "Alan is one of the demo world's users.",
    args: { input: { collectionId: 'employees', userId: 'alan' } },
    select: 'deletedUserId userId',
    tab: true,
  },
};

import { demoChime, demoChimeSeeds } from './demo/chime.ts';
import { demoChimeSdkIdentity, demoChimeSdkIdentitySeeds } from './demo/chime-sdk-identity.ts';
import { demoIdentityStore, demoIdentityStoreSeeds } from './demo/identity-store.ts';
import { demoRekognition, demoRekognitionSeeds } from './demo/rekognition.ts';
import type { Seed } from './seeds.ts';

/** What a new local AWS starts with: the same three people in each service, groups, and who is in them. */
export const demoWorld = {
  rekognition: demoRekognition,
  identityStore: demoIdentityStore,
  chime: demoChime,
  chimeSdkIdentity: demoChimeSdkIdentity,
} as const;

/** The parts of the demo world, each in one table; one that is in another comes after it. */
export function demoSeeds(
  states: {
    readonly rekognition: Parameters<typeof demoRekognitionSeeds>[0];
    readonly identityStore: Parameters<typeof demoIdentityStoreSeeds>[0];
    readonly chime: Parameters<typeof demoChimeSeeds>[0];
    readonly chimeSdkIdentity: Parameters<typeof demoChimeSdkIdentitySeeds>[0];
  },
  clock: () => Date,
): Seed[] {
  return [
    ...demoRekognitionSeeds(states.rekognition, clock),
    ...demoIdentityStoreSeeds(states.identityStore, clock),
    ...demoChimeSeeds(states.chime, clock),
    ...demoChimeSdkIdentitySeeds(states.chimeSdkIdentity, clock),
  ];
}

/** Users of Chime accounts. */
export { chimeUser } from './chime-user.ts';
export { createChimeUser } from './create-chime-user.ts';
export { examples } from './examples.ts';
export { ChimeUser } from './type.ts';

/** Chime accounts. */
export { chimeAccount } from './chime-account.ts';
export { examples } from './examples.ts';
export { accountUsers } from './users.ts';

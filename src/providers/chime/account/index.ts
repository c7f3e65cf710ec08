/** Chime accounts. */
export { chimeAccount } from './chime-account.ts';
export { chimeAccounts } from './chime-accounts.ts';
export { examples } from './examples.ts';
export { ChimeAccount } from './type.ts';
export { accountUsers } from './users.ts';

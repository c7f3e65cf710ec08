/** Chime accounts. */
export { chimeAccount } from './chime-account.ts';
export { chimeAccounts } from './chime-accounts.ts';
export { createChimeAccount } from './create-chime-account.ts';
export { deleteChimeAccount } from './delete-chime-account.ts';
export { examples } from './examples.ts';
export { ChimeAccount } from './type.ts';
export { updateChimeAccount } from './update-chime-account.ts';
export { accountUsers } from './users.ts';

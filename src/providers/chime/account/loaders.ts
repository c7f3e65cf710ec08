/** What one GraphQL request remembers of Chime accounts. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import { accounts } from './adapter.ts';

export const accountById = lookUpEach(accounts, (aws, accountId: string) => aws.get(accountId));

/** What one GraphQL request remembers of Chime accounts. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import { accountKey, accounts, type ChimeAccountKey } from './adapter.ts';

export const accountByKey = lookUpEach(accounts, (aws, key: ChimeAccountKey) => aws.get(key), accountKey);

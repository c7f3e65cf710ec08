import { GetAccountCommand, ListAccountsCommand } from '@aws-sdk/client-chime';
import { chime } from '../service.ts';

export const GetAccount = chime.operation(GetAccountCommand, 'read');
export const ListAccounts = chime.operation(ListAccountsCommand, 'read');

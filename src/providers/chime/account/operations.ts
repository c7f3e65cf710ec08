import {
  CreateAccountCommand,
  DeleteAccountCommand,
  GetAccountCommand,
  ListAccountsCommand,
  UpdateAccountCommand,
} from '@aws-sdk/client-chime';
import { chime } from '../service.ts';

export const CreateAccount = chime.operation(CreateAccountCommand, 'change');
export const GetAccount = chime.operation(GetAccountCommand, 'read');
export const ListAccounts = chime.operation(ListAccountsCommand, 'read');
export const UpdateAccount = chime.operation(UpdateAccountCommand, 'idempotentChange');
export const DeleteAccount = chime.operation(DeleteAccountCommand, 'change');

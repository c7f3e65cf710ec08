/** Amazon Chime: accounts and their users. */
import { ChimeClient } from '@aws-sdk/client-chime';
import { awsProvider } from '../aws-provider.ts';
import * as accounts from './account/index.ts';
import { chime } from './service.ts';
import * as users from './user/index.ts';

export const provider = awsProvider(chime, ChimeClient, [accounts, users]);

/** IAM Identity Center's Identity Store: the users and groups of a workforce. */
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { awsProvider } from '../aws-provider.ts';
import * as groups from './group/index.ts';
import * as users from './user/index.ts';

export const provider = awsProvider(IdentitystoreClient, [users, groups]);

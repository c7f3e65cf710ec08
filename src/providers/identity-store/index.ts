/** IAM Identity Center's Identity Store: the users and groups of a workforce, and who is in which. */
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { awsProvider } from '../aws-provider.ts';
import * as groups from './group/index.ts';
import * as memberships from './membership/index.ts';
import { identityStore } from './service.ts';
import * as users from './user/index.ts';

export const provider = awsProvider(identityStore, IdentitystoreClient, [users, groups, memberships]);

/** Amazon Chime SDK Identity: app instances, their users and their admins. */
import { ChimeSDKIdentityClient } from '@aws-sdk/client-chime-sdk-identity';
import { awsProvider } from '../aws-provider.ts';
import * as appInstances from './app-instance/index.ts';
import * as admins from './app-instance-admin/index.ts';
import * as users from './app-instance-user/index.ts';
import { chimeSdkIdentity } from './service.ts';

export const provider = awsProvider(chimeSdkIdentity, ChimeSDKIdentityClient, [appInstances, users, admins]);

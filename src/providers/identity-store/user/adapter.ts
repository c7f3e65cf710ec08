/** The users of identity stores at AWS. */
import type { User } from '@aws-sdk/client-identitystore';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import { identityStore } from '../service.ts';
import { storeAdapter } from '../store-adapter.ts';
import { CreateUser, DeleteUser, DescribeUser, GetUserId, ListUsers } from './operations.ts';

export const userKey = new NativeKey('identityStoreId', 'userId');

export type IdentityStoreUserKey = KeyOf<typeof userKey>;

/** A user as AWS describes it. */
export type IdentityStoreUser = ApiOutput<User>;

/** AWS leaves extensions out unless they are asked for by name, and knows only this one. */
const EXTENSIONS = ['aws:identitystore:enterprise'];

export const IdentityStoreUsers = storeAdapter({
  key: userKey,
  resourceType: 'USER',
  create: CreateUser,
  delete: DeleteUser,
  describe: DescribeUser,
  list: ListUsers,
  listed: 'users',
  getId: GetUserId,
  asked: { extensions: EXTENSIONS },
  unique: { userName: 'UserName', 'emails.value': 'SensitiveStringType' },
  taken: 'userName or e-mail address',
  rules: {
    required: [['userName'], ['displayName'], ['name', 'givenName'], ['name', 'familyName']],
    name: 'userName',
  },
});

export const users = identityStore.entity(IdentityStoreUsers);

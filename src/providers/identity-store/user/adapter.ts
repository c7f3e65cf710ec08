/** The users of identity stores at AWS. */
import type { User } from '@aws-sdk/client-identitystore';
import { issuesOf } from '../../../adapter/issues.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { InputOf } from '../../../adapter/request.ts';
import { shapeOf } from '../../../aws/models/shapes.ts';
import { type InputIssue, issueAt } from '../../../errors.ts';
import { identityStore } from '../service.ts';
import { storeAdapter } from '../store-adapter.ts';
import {
  CreateUser,
  DeleteUser,
  DescribeUser,
  EXTENSIONS,
  GetUserId,
  ListUsers,
  UpdateUser,
} from './operations.ts';

export const userKey = new NativeKey('identityStoreId', 'userId');

export type IdentityStoreUserKey = KeyOf<typeof userKey>;

/** A user as AWS describes it. */
export type IdentityStoreUser = ApiOutput<User>;

export const users = identityStore.entity(
  storeAdapter({
    key: userKey,
    resourceType: 'USER',
    create: CreateUser,
    update: UpdateUser,
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
      further: extensionIssues,
    },
  }),
);

/** A name that is none of an extension breaks a rule of the model; so do more names than these. */
function extensionIssues({ extensions }: Pick<InputOf<typeof CreateUser>, 'extensions'>): InputIssue[] {
  const form = shapeOf(identityStore.model, 'ExtensionName');
  return Object.keys(extensions ?? {})
    .slice(0, 100)
    .filter(name => !EXTENSIONS.includes(name) && issuesOf(form, name).length === 0)
    .map(name => issueAt(['extensions', name], `is not known to AWS, which has only ${EXTENSIONS.join()}`));
}

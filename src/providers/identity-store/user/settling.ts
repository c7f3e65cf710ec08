/** How changes of users are looked for whose answer was lost: the Identity Store recognises no repeat. */
import { found } from '../../../adapter/look-up.ts';
import { accepted } from '../../../adapter/request.ts';
import { hasMembers } from '../../../adapter/sent-members.ts';
import type { Settling } from '../../../adapter/settling.ts';
import { CreateUser, type DeleteUser, DescribeUser, EXTENSIONS, GetUserId } from './operations.ts';

/** No two users of a store have the same name. A user that is older, or has other members, is somebody else's. */
export const createdUser: Settling<typeof CreateUser> = {
  async look(aws, input, since) {
    const { identityStoreId, userName } = input;
    const uniqueAttribute = { attributePath: 'userName', attributeValue: userName ?? '' };
    const key = await found(
      aws.call(GetUserId, { identityStoreId, alternateIdentifier: { uniqueAttribute } }),
    );
    const user = key && (await found(aws.call(DescribeUser, { ...key, extensions: EXTENSIONS })));
    if (!user) return { state: 'notMade' };
    if (!hasMembers(user, accepted(CreateUser, input))) return { state: 'taken' };
    if (!user.createdAt) return { state: 'unclear' };
    return user.createdAt >= since ? { state: 'made', answer: key } : { state: 'taken' };
  },
};

/** A user that is gone is deleted, whoever did it. */
export const deletedUser: Settling<typeof DeleteUser> = {
  async look(aws, { identityStoreId, userId }) {
    const user = await found(aws.call(DescribeUser, { identityStoreId, userId }));
    return user ? { state: 'notMade' } : { state: 'made', answer: {} };
  },
};

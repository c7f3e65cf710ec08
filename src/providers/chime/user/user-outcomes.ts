/** What became of the users of a batch: Chime lists those that failed, with a code for each. */
import { told } from '../../../adapter/answers.ts';
import { type Meaning, meaningOf } from '../../../adapter/exceptions.ts';
import type { OutputOf } from '../../../adapter/request.ts';
import { type FailedCall, itemRefusal } from '../../../adapter/translation.ts';
import type { ApiError } from '../../../errors.ts';
import { chime, errorCodes } from '../service.ts';
import type { ChimeUserKey } from './adapter.ts';
import { missingUser } from './missing-user.ts';
import type { BatchSuspendUser } from './operations.ts';

/** What Chime may say of a user of a batch. */
export const outcomeMeanings: readonly Meaning[] = [...new Set(Object.values(errorCodes))];

/**
 * One outcome for each user, in their order.
 *
 * @throws UnusableAnswer when the answer does not say which user failed, or why.
 */
export function userOutcomes(
  keys: readonly ChimeUserKey[],
  errors: OutputOf<typeof BatchSuspendUser>['userErrors'],
  call: Pick<FailedCall, 'words' | 'conflict'> = {},
): readonly (ChimeUserKey | ApiError)[] {
  const codes = new Map(
    told(errors, 'UserErrors').map(({ userId, errorCode }) => [
      told(userId, 'UserId'),
      told(errorCode, 'ErrorCode') as string,
    ]),
  );
  return keys.map(key => {
    const code = codes.get(key.userId);
    if (code === undefined) return key;
    return itemRefusal(code, meaningOf(errorCodes, code), {
      ...call,
      service: chime,
      effect: 'idempotentChange',
      keyed: false,
      missing: missingUser(key),
    });
  });
}

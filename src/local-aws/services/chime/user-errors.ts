import type { UserError } from '@aws-sdk/client-chime';
import { AwsException } from '../../exception.ts';
import type { RestJson } from '../wire.ts';
import { errorCodes } from './exceptions.ts';

/** Does something to each user; what is refused for one is told beside the others, and befalls none of them. */
export function userErrors<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  act: (item: Item) => void,
): RestJson<UserError>[] {
  const errors: RestJson<UserError>[] = [];
  for (const item of items) {
    try {
      act(item);
    } catch (error) {
      if (!(error instanceof AwsException)) throw error;
      const ErrorCode = errorCodes.get(error.name) as NonNullable<UserError['ErrorCode']>;
      errors.push({ UserId: idOf(item), ErrorCode, ErrorMessage: error.message });
    }
  }
  return errors;
}

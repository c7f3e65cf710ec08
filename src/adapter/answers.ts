/** Answers of AWS that lack what they have to tell. */

/** AWS said that it did what it was asked, and left out what that came to. */
export class IncompleteAnswer extends Error {
  override readonly name = 'IncompleteAnswer';
  /** In AWS's words. */
  readonly member: string;

  constructor(member: string) {
    super(`AWS's answer has no ${member}.`);
    this.member = member;
  }
}

/**
 * A member of an answer without which there is nothing to tell, though AWS's model does not require it.
 *
 * @param member Its name at AWS.
 * @throws IncompleteAnswer when it is missing.
 */
export function told<Value>(value: Value | null | undefined, member: string): Value {
  if (value === null || value === undefined) throw new IncompleteAnswer(member);
  return value;
}

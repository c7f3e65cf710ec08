/** Answers of AWS that do not tell what they have to tell. */

/** AWS said that it did what it was asked, and what that came to is missing or makes no sense. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
  /** What is wrong, as the end of "gave an answer …". It names members in AWS's words, and never what they hold. */
  readonly flaw: string;

  constructor(flaw: string) {
    super(`AWS gave an answer ${flaw}.`);
    this.flaw = flaw;
  }
}

/** The error for an answer that lacks a member, by its name at AWS. */
export function missing(member: string): UnusableAnswer {
  return new UnusableAnswer(`without ${member}`);
}

/**
 * A member of an answer without which there is nothing to tell, though AWS's model does not require it.
 *
 * @param member Its name at AWS.
 * @throws UnusableAnswer when it is missing.
 */
export function told<Value>(value: Value | null | undefined, member: string): Value {
  if (value === null || value === undefined) throw missing(member);
  return value;
}

/** Answers of AWS that do not tell what they have to tell. */
import type { KeyWith, NativeKey } from './native-key.ts';

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
 * @throws UnusableAnswer when it is missing, or what stands in its place when it is odd.
 */
export function told<Value>(value: Value | null | undefined, member: string): Value {
  if (value === null || value === undefined) throw missing(member);
  return asTold(value);
}

/**
 * A member whose value is looked at here, and not passed on.
 *
 * @throws what stands in its place when it is odd.
 */
export function asTold<Value>(value: Value): Value {
  if (value instanceof Error) throw value;
  return value;
}

/**
 * A thing that an answer tells of, whose key leads to it: an empty one, or one that UTF-8 cannot encode, would lead to
 * nothing or to another.
 *
 * @throws UnusableAnswer when a part of its key is none.
 */
export function keyed<Name extends string, Thing extends KeyWith<Name>>(
  key: NativeKey<Name>,
  thing: Thing,
): Thing {
  const broken = key.names.find(name => {
    const part = told(thing[name], nameAtAws(name));
    return part === '' || !part.isWellFormed();
  });
  if (broken === undefined) return thing;
  throw new UnusableAnswer(`whose ${nameAtAws(broken)} is no id`);
}

function nameAtAws(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Bounds on data: the resources that a token may reach, when it has a claim that lists them. */

/** What a call to AWS reaches. */
export interface Reached {
  /** The id of the provider. */
  readonly provider: string;
  /**
   * What of the provider, such as `collection/employees`, after all that it is in, from the widest on; absent when the
   * call is not limited to anything.
   */
  readonly parts?: readonly string[] | undefined;
}

/** Whether one of the patterns, such as `rekognition:collection/employees-*`, has the resource in it, or what it is in. */
export function isWithin(patterns: readonly string[], { provider, parts }: Reached): boolean {
  return parts === undefined
    ? patterns.some(pattern => pattern === '*' || pattern === `${provider}:*`)
    : parts.some(part => patterns.some(pattern => matches(pattern, `${provider}:${part}`)));
}

/** Whether one of the patterns can have something in it that is in the resource. */
export function hasPart(patterns: readonly string[], { provider, parts = [] }: Reached): boolean {
  const inside = `${provider}:${parts.at(-1)}/`;
  return patterns.some(pattern => {
    const [first = ''] = pattern.split('*');
    // What follows the first `*` can be in any.
    return first.startsWith(inside) || (first !== pattern && inside.startsWith(first));
  });
}

/** Whether a text is what a pattern says, in which `*` stands for any characters. No pattern takes long. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

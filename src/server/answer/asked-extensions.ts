/** The extensions that an answer has when a client asks for them by a header, as the APIs of shops and code hosts do. */
import type { IncomingHttpHeaders } from 'node:http';

/** Names them, separated by commas; those that there are not are ignored. */
const HEADER = 'vestibule-extensions';

/** Whether a request asks for one. */
export function asksFor(name: 'cost' | 'quota', { [HEADER]: asked }: IncomingHttpHeaders): boolean {
  return (
    asked !== undefined &&
    String(asked)
      .split(',')
      .some(each => each.trim() === name)
  );
}

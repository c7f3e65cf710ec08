/** How long AWS asks to wait, as far as what it says can be meant. */
import type { HttpResponse } from '@smithy/core/protocols';
import { getRetryAfterHint } from '@smithy/core/retry';

/** AWS throttles by the second; what asks for more than a day is a mistake. */
const MAX_SECONDS = 86_400;

/** When an answer asks to be repeated, in any of the forms that HTTP and AWS have for it. */
export function retryAfterOf(response: HttpResponse | undefined): Date | undefined {
  const hint = getRetryAfterHint(response);
  return hint && wholeSeconds((hint.getTime() - Date.now()) / 1000) !== undefined ? hint : undefined;
}

/** How many seconds an answer asks to wait. */
export function retryAfterSecondsOf(response: HttpResponse | undefined): number | undefined {
  const hint = retryAfterOf(response);
  return hint && wholeSeconds((hint.getTime() - Date.now()) / 1000);
}

/** A number of seconds, rounded up; undefined when nobody can mean it. */
export function wholeSeconds(seconds: unknown): number | undefined {
  if (typeof seconds !== 'number') return undefined;
  const whole = Math.ceil(seconds);
  // The sum makes 0 of -0.
  return whole >= 0 && whole <= MAX_SECONDS ? whole + 0 : undefined;
}

import { AwsException } from './exception.ts';
import type { Strike } from './faults.ts';
import { type WireAnswer, withRequestId } from './protocols/protocol.ts';
import type { Service } from './services/service.ts';

/** What a request leads to: an answer, or a connection that breaks without one. */
export type Outcome = WireAnswer | 'drop';

/** What the client of a service sees of a fault. */
export function strike(
  effect: NonNullable<Strike['effect']>,
  { service: { protocol, throttled }, requestId }: { service: Service; requestId: string },
): Outcome {
  switch (effect.type) {
    case 'drop':
    case 'late':
      return 'drop';
    case 'response': {
      const { status, body, contentType } = effect;
      const headers = contentType === undefined ? {} : { 'content-type': contentType };
      const answer: WireAnswer = { status, headers, body };
      return effect.requestId ? withRequestId(answer, requestId) : answer;
    }
    case 'throttle': {
      const { retryAfterSeconds: seconds } = effect;
      const answer = withRequestId(protocol.failure(throttled(seconds), requestId), requestId);
      return seconds === undefined
        ? answer
        : { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
    }
    default: {
      const { name, message = `Injected ${name}`, members, status } = effect;
      const exception = new AwsException(name, message, members);
      return withRequestId(protocol.failure(exception, requestId, status), requestId);
    }
  }
}

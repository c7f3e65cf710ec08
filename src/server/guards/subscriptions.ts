import type { InFlight } from '../in-flight/requests.ts';
import { senderOf } from '../request/client-address.ts';
import type { OperationGuard } from './guard.ts';
import { overloaded } from './overload.ts';

/** A guard of clients that take no events: a subscription has no answer but those. */
export const subscriptionEvents: OperationGuard = {
  name: 'the media type of a subscription',
  check({ operation }, { takesEvents }) {
    if (operation.operation !== 'subscription' || takesEvents) return undefined;
    return {
      status: 406,
      code: 'NOT_ACCEPTABLE',
      message:
        'A subscription is answered with events alone. Ask for them with the header "accept: text/event-stream".',
    };
  },
};

/** What an event may have: each of them is an answer, made again as often as something changes. */
const MAX_EVENT_VALUES = 1_000;

/** A guard of how much there is to do for each event. */
export const eventValues: OperationGuard = {
  name: 'the values of an event',
  check({ operation }, { answerValues: actual = 0 }) {
    if (operation.operation !== 'subscription' || actual <= MAX_EVENT_VALUES) return undefined;
    return {
      status: 400,
      code: 'OPERATION_TOO_LARGE',
      message: `The operation is too large: its events can have ${actual} values each, and may have ${MAX_EVENT_VALUES}. Query the rest.`,
      facts: { limit: 'eventValues', maximum: MAX_EVENT_VALUES, actual },
    };
  },
};

/**
 * A guard of the number of subscriptions that are open at a time, all together and of each sender.
 *
 * @param proxies See {@link senderOf}.
 */
export function openSubscriptions({ subscriptions }: InFlight, proxies: number): OperationGuard {
  const refusals = {
    places: overloaded(
      'subscriptions',
      'MAX_SUBSCRIPTIONS',
      subscriptions.maximum,
      'The gateway has as many subscriptions open as it may have',
    ),
    share: overloaded(
      'subscriptions',
      'half of MAX_SUBSCRIPTIONS',
      subscriptions.share,
      'The caller has as many subscriptions open as one caller may have',
    ),
  };
  return {
    name: 'the open subscriptions',
    check({ operation }, exchange) {
      if (operation.operation !== 'subscription') return undefined;
      const sender = senderOf(exchange, proxies);
      const lacking = subscriptions.enter(sender);
      if (lacking) return refusals[lacking];
      exchange.subscriber = sender;
      return undefined;
    },
  };
}

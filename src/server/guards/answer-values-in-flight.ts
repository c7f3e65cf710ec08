import type { InFlight } from '../in-flight/requests.ts';
import type { Lack } from '../in-flight/room.ts';
import { senderOf } from '../request/client-address.ts';
import type { OperationGuard } from './guard.ts';
import { overloaded } from './overload.ts';

/**
 * A guard of the values of all answers that are being made, and of those of each sender. What is beyond it waits a little, as far
 * as there is room for that.
 *
 * @param proxies See {@link senderOf}.
 */
export function answerValuesInFlight({ values }: InFlight, proxies: number): OperationGuard {
  const refusals = {
    all: overloaded(
      'valuesInFlight',
      'MAX_ANSWER_VALUES_IN_FLIGHT',
      values.maximum,
      'The gateway makes answers with as many values as it may make at a time',
    ),
    share: overloaded(
      'callersValuesInFlight',
      'half of MAX_ANSWER_VALUES_IN_FLIGHT',
      values.share,
      'The gateway makes answers to the caller with as many values as it may make for one caller at a time',
    ),
  };
  return {
    name: 'the values of answers in flight',
    check(_operation, exchange) {
      const { answerValues: count = 0 } = exchange;
      const sender = senderOf(exchange, proxies);
      const enter = (lack: Lack | undefined) => {
        if (lack) return refusals[lack];
        exchange.heldValues = { sender, count };
        return undefined;
      };
      const lack = values.enter(sender, count);
      return lack instanceof Promise ? lack.then(enter) : enter(lack);
    },
  };
}

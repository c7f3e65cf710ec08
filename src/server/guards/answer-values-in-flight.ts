import type { InFlight } from '../in-flight.ts';
import type { OperationGuard } from './guard.ts';
import { overloaded } from './overload.ts';

/** A guard of the values of all answers that are being made. What is beyond it waits a little, as far as there is room for that. */
export function answerValuesInFlight({ values }: InFlight): OperationGuard {
  const what = 'The gateway makes answers with as many values as it may make at a time';
  const refusal = overloaded('valuesInFlight', 'MAX_ANSWER_VALUES_IN_FLIGHT', values.maximum, what);
  return {
    name: 'the values of answers in flight',
    check(_operation, exchange) {
      const { answerValues = 0 } = exchange;
      const enter = (hasRoom: boolean) => {
        if (!hasRoom) return refusal;
        exchange.heldValues = answerValues;
        return undefined;
      };
      const hasRoom = values.enter(answerValues);
      return hasRoom instanceof Promise ? hasRoom.then(enter) : enter(hasRoom);
    },
  };
}

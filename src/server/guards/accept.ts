import { acceptedResultType, acceptsEvents, resultTypes } from '../answer/media-types.ts';
import type { RequestGuard } from './guard.ts';

/** Asked before anything runs: a client must not learn by a 406 that its mutation was performed. */
export const answerType: RequestGuard = {
  name: 'the media type of the answer',
  check({ headers }, exchange) {
    exchange.takesEvents = acceptsEvents(headers.accept);
    if (acceptedResultType(headers.accept)) return undefined;
    return {
      status: 406,
      code: 'NOT_ACCEPTABLE',
      message: `The "accept" header allows none of the media types that answers can have: ${resultTypes.join(', ')}.`,
    };
  },
};

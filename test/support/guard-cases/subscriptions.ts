/** Subscriptions that guards refuse. */
import { expect } from 'vitest';
import { withBody, withHeaders } from '../changed-requests.ts';
import type { Sent } from '../http.ts';
import type { Cases } from './case.ts';

/** A subscription to a job, of which nothing is looked up before guards are asked. */
function subscribing(sent: Sent, fields: string, accept: string): Sent {
  const query = `subscription { jobProgress(id: "any") { ${fields} } }`;
  return withHeaders(withBody(sent, JSON.stringify({ query })), { accept });
}

const orEvents = 'application/json, text/event-stream';

export const subscriptions: Cases = {
  'the media type of a subscription': {
    spoil: sent => subscribing(sent, 'id', 'application/json'),
    refusal: {
      status: 406,
      code: 'NOT_ACCEPTABLE',
      message:
        'A subscription is answered with events alone. Ask for them with the header "accept: text/event-stream".',
    },
  },
  'the values of an event': {
    spoil: sent => subscribing(sent, 'rows(first: 500) { edges { cursor } }', orEvents),
    refusal: {
      status: 400,
      code: 'OPERATION_TOO_LARGE',
      message:
        'The operation is too large: its events can have 1002 values each, and may have 1000. Query the rest.',
      facts: { limit: 'eventValues', maximum: 1_000, actual: 1_002 },
    },
  },
  'the reads of the database for an event': {
    spoil: sent =>
      subscribing(
        sent,
        ['a', 'b', 'c', 'd', 'e', 'f'].map(name => `${name}: rows(first: 1) { edges { cursor } }`).join(' '),
        orEvents,
      ),
    refusal: {
      status: 400,
      code: 'OPERATION_TOO_EXPENSIVE',
      message: expect.stringMatching(
        /^The operation is too expensive: each of its events can read the gateway's database \d+ times, and may do so 5 times\. Query the rest\.$/,
      ),
      facts: { limit: 'eventReads', maximum: 5, actual: expect.any(Number) },
    },
  },
  'the open subscriptions': {
    env: { MAX_SUBSCRIPTIONS: '0' },
    spoil: sent => subscribing(sent, 'id', orEvents),
    refusal: {
      status: 503,
      code: 'OVERLOADED',
      message:
        'The gateway has as many subscriptions open as it may have, which is 0 (MAX_SUBSCRIPTIONS). Nothing was done. Try again.',
      facts: { limit: 'subscriptions', maximum: 0, retryable: true },
    },
  },
};

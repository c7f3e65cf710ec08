/** Guards of what all bodies take of memory, and of what those of each sender do: as they come, as JSON, and as documents. */

import type { Exchange } from '../exchange.ts';
import { SMALL_BODY } from '../in-flight/bodies.ts';
import { bytesOfDocument, bytesOfValues } from '../in-flight/parsed-bytes.ts';
import type { InFlight } from '../in-flight/requests.ts';
import { senderOf } from '../request/client-address.ts';
import type { BodyGuard, OperationGuard, Refusal } from './guard.ts';
import { overloaded } from './overload.ts';

interface BodyBytesGuards {
  /** Of the bytes: that there is no room for them is found out while they come. */
  readonly bytes: BodyGuard;
  /** Of the values of its JSON, before they are made. */
  readonly values: BodyGuard;
  /** Of the tree of its document. */
  readonly tree: OperationGuard;
}

/** @param proxies See {@link senderOf}. */
export function bodyBytesInFlight({ bodies }: InFlight, proxies: number): BodyBytesGuards {
  const refusals = {
    all: overloaded(
      'bodyBytesInFlight',
      'MAX_BODY_BYTES_IN_FLIGHT',
      bodies.maximum,
      'The gateway has as many bytes of requests in memory as it may have',
    ),
    share: overloaded(
      'callersBodyBytesInFlight',
      'half of MAX_BODY_BYTES_IN_FLIGHT',
      bodies.share,
      'The gateway has as many bytes of requests of the caller in memory as it may have of one caller',
    ),
  };

  function refusalOf({ heldBody }: Exchange): Refusal | undefined {
    return heldBody?.givenUp && refusals[heldBody.givenUp];
  }

  /** Counts what is made of a body, too. */
  function grow(exchange: Exchange, bytes: number): Refusal | undefined {
    exchange.heldBody ??= bodies.openWhole(senderOf(exchange, proxies));
    exchange.heldBody.grow(bytes);
    return refusalOf(exchange);
  }

  return {
    bytes: { name: 'the bytes of bodies in flight', check: (_body, exchange) => refusalOf(exchange) },
    values: {
      name: 'the values of bodies in flight',
      check(body, exchange) {
        const bytes = bytesOfValues(exchange.jsonValues ?? 0);
        if (exchange.heldBody) return grow(exchange, bytes);
        return body.length + bytes > SMALL_BODY ? grow(exchange, body.length + bytes) : undefined;
      },
    },
    tree: {
      name: 'the documents of bodies in flight',
      check({ document }, exchange) {
        const bytes = bytesOfDocument(document);
        if (bytes <= SMALL_BODY) return undefined;
        const sender = senderOf(exchange, proxies);
        const held = bodies.documents.hold(document, bytes, sender, exchange.heldBody?.bytes ?? 0);
        if (typeof held === 'string') return refusals[held];
        exchange.heldDocument = held;
        return undefined;
      },
    },
  };
}

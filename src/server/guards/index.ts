/**
 * Everything that can refuse a request, in order.
 *
 * Limits on documents are not here: they are a part of parsing (limits.ts), since a document that is refused does
 * not become known. Nor is what Yoga refuses by the rules of GraphQL over HTTP, because only what is beyond
 * reproach takes the way around it (plain-request.ts).
 */
import type { GraphQLSchema } from 'graphql';
import type { Tokens } from '../../auth/tokens.ts';
import { type DocumentStore, noDocuments } from '../../persisted/store.ts';
import type { InFlight } from '../in-flight/requests.ts';
import type { ServerLimits } from '../server-limits.ts';
import { answerType } from './accept.ts';
import { answerValues } from './answer-values.ts';
import { answerValuesInFlight } from './answer-values-in-flight.ts';
import { authentication } from './authentication.ts';
import {
  bodyCharset,
  bodyEncoding,
  bodySize,
  bodySizeInChunks,
  bodyText,
  bodyTransfer,
  bodyType,
} from './body.ts';
import { bodyBytesInFlight } from './body-bytes-in-flight.ts';
import { comingBodies } from './coming-bodies.ts';
import { databaseReads, databaseReadsInFlight, eventReads } from './database-reads.ts';
import { expectation } from './expectation.ts';
import { foreignHost } from './foreign-host.ts';
import type { Guards } from './guard.ts';
import { introspection } from './introspection.ts';
import { jsonOfBody, jsonOfParameters } from './json.ts';
import {
  documentName,
  persistedDocument,
  persistedQueryVersion,
  trustedDocument,
} from './persisted-documents.ts';
import { queryText } from './query-text.ts';
import { repeatedParameter } from './repeated-parameters.ts';
import { requestRate } from './request-rate.ts';
import { requestsInFlight, requestsOfCaller } from './requests-in-flight.ts';
import { missingHost, repeatedHeader } from './single-headers.ts';
import { eventValues, openSubscriptions, subscriptionEvents } from './subscriptions.ts';
import { uploadParts, uploadPreflight } from './upload.ts';
import { upstreamCalls, upstreamCallsInFlight } from './upstream-calls.ts';
import { variableMembers } from './variable-members.ts';
import { waitingRequests } from './waiting-requests.ts';

export interface GuardOptions {
  /** The host name or address that the server listens on. */
  readonly host: string;
  readonly schema: GraphQLSchema;
  readonly access: Access;
  readonly limits: ServerLimits;
  readonly inFlight: InFlight;
  /** The documents that requests may name; none if it is absent. */
  readonly persisted?: DocumentStore;
}

/** Who may use the gateway, and what it shows of itself. */
export interface Access {
  /** What verifies tokens; undefined where nobody is asked who it is. */
  readonly tokens: Tokens | undefined;
  readonly graphiql: boolean;
  readonly introspection: boolean;
}

/** The gateway's guards. */
export function guardsFor({
  host,
  schema,
  access,
  limits,
  inFlight,
  persisted = noDocuments,
}: GuardOptions): Guards {
  const bodyBytes = bodyBytesInFlight(inFlight, limits.trustedProxies);
  return {
    turn: [waitingRequests(inFlight, access.tokens, limits.trustedProxies)],
    everyRequest: [repeatedHeader, missingHost, foreignHost(host), expectation],
    graphqlRequest: [
      requestsInFlight('the requests in flight', inFlight),
      queryText,
      repeatedParameter,
      jsonOfParameters,
      bodyType,
      uploadPreflight,
      bodyCharset,
      bodyEncoding,
      bodyTransfer,
      bodySize(limits.maxBodyBytes, limits.maxUploadBytes),
      answerType,
      authentication(access.tokens, limits.badTokenRate, limits.trustedProxies),
      requestsOfCaller("the caller's requests in flight", inFlight),
      requestRate(limits.rate, limits.rateBurst, limits.trustedProxies),
    ],
    arrival: [
      comingBodies(inFlight),
      bodyBytes.bytes,
      requestsInFlight('the requests in flight, when the body has come', inFlight),
      requestsOfCaller("the caller's requests in flight, when the body has come", inFlight),
    ],
    upload: [uploadParts(limits)],
    body: [bodySizeInChunks(limits.maxBodyBytes), bodyText, jsonOfBody, bodyBytes.values],
    document: [
      persistedQueryVersion,
      persistedDocument(persisted),
      trustedDocument(persisted),
      documentName(persisted),
    ],
    operation: [
      bodyBytes.tree,
      variableMembers,
      introspection(access.introspection),
      subscriptionEvents,
      answerValues(schema, limits.maxAnswerValues),
      eventValues,
      upstreamCalls(schema, limits.maxUpstreamCalls),
      databaseReads(schema, limits.maxDatabaseReads),
      eventReads,
      upstreamCallsInFlight(schema, inFlight, limits.trustedProxies),
      databaseReadsInFlight(inFlight, limits.trustedProxies),
      answerValuesInFlight(inFlight, limits.trustedProxies),
      openSubscriptions(inFlight, limits.trustedProxies),
    ],
  };
}

/**
 * What the compiler refuses in places from which a request could be refused: `npm run types` fails when one of these
 * is accepted. Nothing runs. What the linter refuses is in misplaced-guards.test.ts.
 */
import type { Plugin } from 'graphql-yoga';
import type { Answer } from '../../src/server/answer/answers.ts';
import type { OperationGuard, Refusal, RequestGuard } from '../../src/server/guards/guard.ts';
import type { GraphQLHTTPRequest } from '../../src/server/request/graphql-http-request.ts';
import type { KnownDocuments } from '../../src/server/request/known-documents.ts';
import { plainRequest } from '../../src/server/request/plain-request.ts';
import type { SentDocument } from '../../src/server/request/sent-document.ts';
import type { ServerOptions, TakenAddress } from '../../src/server/server.ts';
import type { YogaHooks } from '../../src/server/yoga.ts';

declare const needed: YogaHooks;
declare const refusal: Refusal;
declare const options: Omit<ServerOptions, 'guards'>;
declare const address: TakenAddress;
declare const request: GraphQLHTTPRequest;
declare const document: SentDocument;
declare const documents: KnownDocuments;

function refuse(): never {
  throw new Error('no');
}

/** Yoga has these hooks, of which a new one would be missing here. */
export const hooks: Record<keyof Plugin, YogaHooks> = {
  // @ts-expect-error It sees only requests whose document is not known.
  onRequest: { ...needed, onRequest: refuse },
  // @ts-expect-error
  onResponse: { ...needed, onResponse: refuse },
  // @ts-expect-error
  onParams: { ...needed, onParams: refuse },
  // @ts-expect-error
  onExecutionResult: { ...needed, onExecutionResult: refuse },
  // @ts-expect-error
  onEnveloped: { ...needed, onEnveloped: refuse },
  // @ts-expect-error
  onContextBuilding: { ...needed, onContextBuilding: refuse },
  // @ts-expect-error
  onPluginInit: { ...needed, onPluginInit: refuse },
  // @ts-expect-error
  onSchemaChange: { ...needed, onSchemaChange: refuse },
  // @ts-expect-error
  onYogaInit: { ...needed, onYogaInit: refuse },
  // @ts-expect-error
  onDispose: { ...needed, onDispose: refuse },
  // @ts-expect-error
  instrumentation: { ...needed, instrumentation: { request: refuse } },
  // @ts-expect-error
  [Symbol.dispose]: { ...needed, [Symbol.dispose]: refuse },
  // @ts-expect-error
  [Symbol.asyncDispose]: { ...needed, [Symbol.asyncDispose]: refuse },
  onRequestParse: {
    ...needed,
    // @ts-expect-error It does not see the request.
    onRequestParse({ request: { headers } }) {
      if (headers.has('x-no')) refuse();
    },
  },
  onParse: {
    ...needed,
    // @ts-expect-error It does not see the context.
    onParse({ context }) {
      if (context.request.headers.has('x-no')) refuse();
    },
  },
  onValidate: {
    ...needed,
    onValidate: () => {
      // @ts-expect-error It has no say in the outcome.
      return ({ setResult }) => setResult([]);
    },
  },
  onExecute: {
    ...needed,
    // @ts-expect-error It sees nothing of what is executed.
    onExecute({ args }) {
      if (args.operationName === 'No') refuse();
    },
  },
  onSubscribe: {
    ...needed,
    // @ts-expect-error It sees nothing of what is executed.
    onSubscribe({ args }) {
      if (args.operationName === 'No') refuse();
    },
  },
  onResultProcess: {
    ...needed,
    // @ts-expect-error It does not see the request.
    onResultProcess({ request: { headers } }) {
      if (headers.has('x-no')) refuse();
    },
  },
};

export const moreHooks: readonly YogaHooks[] = [
  {
    ...needed,
    // @ts-expect-error It cannot have an answer sent.
    onRequestParse({ endResponse }) {
      endResponse(new Response('no', { status: 403 }));
    },
  },
  {
    ...needed,
    // @ts-expect-error It cannot have a result answered.
    onExecute({ setResultAndStopExecution }) {
      setResultAndStopExecution({ errors: [] });
    },
  },
  // @ts-expect-error It cannot hook into the outcome.
  { ...needed, onParse: () => refuse },
  // @ts-expect-error It cannot hook into the outcome.
  { ...needed, onExecute: () => ({ onExecuteDone: refuse }) },
];

export function refused(): void {
  // @ts-expect-error Only answers.ts makes answers.
  const answer: Answer = { status: 403, sendTo: refuse };
  // @ts-expect-error What reads a request does not see who sent it.
  plainRequest({ ...request, headers: {} }, {}, document, documents);
  // @ts-expect-error A list of guards is missing.
  address.serve({ ...options, guards: { everyRequest: [], graphqlRequest: [] } });
  // @ts-expect-error A guard says why.
  const reasonless: RequestGuard = { name: 'a', check: () => false };
  // @ts-expect-error A refusal has a status of its own.
  const statusless: OperationGuard = { name: 'a', check: () => ({ code: 'NO', message: 'No.' }) };
  // @ts-expect-error The body is not there yet.
  const reading: RequestGuard = { name: 'a', check: head => head.on('data', refuse) && refusal };
  void [answer, reasonless, statusless, reading];
}

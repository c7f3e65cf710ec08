/** Yoga, which answers what is not plain, so that each rule of GraphQL over HTTP has one place. */
import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { type Answer, streamAnswer, yogaAnswer } from './answer/answers.ts';
import { expiredResult, finalResult, type ResultOptions } from './answer/error-answers.ts';
import { ResultStream } from './answer/result-stream.ts';
import type { Exchange } from './exchange.ts';
import { type Execute, type Executed, isStream } from './execution.ts';
import type { Access } from './guards/index.ts';
import { createParse } from './limits.ts';
import { GRAPHQL_PATH } from './paths.ts';
import type { GraphQLHTTPRequest } from './request/graphql-http-request.ts';
import type { KnownDocuments } from './request/known-documents.ts';
import { type OperationRequest, requestOperation } from './request/operation-request.ts';
import {
  checkOperationName,
  nameChoice,
  namedMistake,
  type OperationChoice,
} from './request/request-parameters.ts';
import { readParameters, type SentParameters } from './request/sent-parameters.ts';
import type { DocumentLimits } from './server-limits.ts';
import { createValidate } from './validation.ts';

export interface YogaOptions extends ResultOptions {
  readonly schema: GraphQLSchema;
  readonly documents: KnownDocuments;
  readonly access: Pick<Access, 'introspection'>;
  readonly execute: Execute;
  readonly limits: DocumentLimits;
}

/** Yoga's context. */
interface ServerContext {
  readonly exchange: Exchange;
  readonly request: GraphQLHTTPRequest;
  /** The parameters, where they could be read. */
  readonly parameters: SentParameters | undefined;
  /** Absent as long as the parameters are not read. */
  choice?: OperationChoice;
}

type AnyHooks = Plugin<ServerContext, ServerContext>;

type Giving = 'onRequestParse' | 'onParse' | 'onValidate' | 'onExecute' | 'onSubscribe' | 'onResultProcess';

/** What Yoga gives to a hook. */
type Given<Hook extends Giving> = Parameters<NonNullable<AnyHooks[Hook]>>[0];

type RequestParser = NonNullable<Given<'onRequestParse'>['requestParser']>;

/** They return `undefined`, since Yoga takes what hooks return for more hooks. */
interface NeededHooks {
  readonly onRequestParse: (
    given: Pick<Given<'onRequestParse'>, 'requestParser' | 'setRequestParser' | 'serverContext'>,
  ) => undefined;
  readonly onParse: (given: Pick<Given<'onParse'>, 'setParseFn'>) => undefined;
  readonly onValidate: (given: {
    readonly params: { readonly documentAST: DocumentNode };
    readonly setValidationFn: Given<'onValidate'>['setValidationFn'];
  }) => (outcome: { readonly valid: boolean }) => undefined;
  readonly onExecute: (given: Pick<Given<'onExecute'>, 'setExecuteFn'>) => undefined;
  readonly onSubscribe: (given: Pick<Given<'onSubscribe'>, 'setSubscribeFn'>) => undefined;
  readonly onResultProcess: (
    given: Pick<Given<'onResultProcess'>, 'result' | 'setResult' | 'serverContext'>,
  ) => undefined;
}

/**
 * What may be hooked into Yoga. It does not see the requests whose document is known, so a hook that refused requests
 * would be obeyed once and never again: these few see nothing of a request to refuse it for, and all others are
 * forbidden. What refuses requests is a guard (guards/index.ts).
 */
export type YogaHooks = NeededHooks & {
  readonly [Hook in Exclude<keyof AnyHooks, keyof NeededHooks>]?: never;
};

/** Answers what is not plain. */
export function createYogaAnswers({
  schema,
  documents,
  execute,
  limits,
  access,
  ...options
}: YogaOptions): (
  request: GraphQLHTTPRequest,
  parameters: SentParameters | undefined,
  exchange: Exchange,
) => Promise<Answer> {
  function executeArgs({ document, contextValue, variableValues, operationName }: ExecutionArgs) {
    const parameters = { variables: variableValues, operationName };
    // Yoga has refused the request if there is no such operation.
    const request = requestOperation(document, parameters) as OperationRequest;
    return execute(request, (contextValue as ServerContext).exchange);
  }

  function resultsFor(exchange: Exchange, results: AsyncIterable<ExecutionResult>): ResultStream {
    return new ResultStream(results, {
      finish: result => finalResult(result, exchange, options),
      expiresAt: exchange.principal.expiresAt,
      lastResult: () => expiredResult(exchange),
    });
  }

  const parseWithinLimits = createParse(limits);
  const validateDocument = createValidate(!access.introspection);

  const hooks: YogaHooks = {
    onRequestParse({ requestParser, setRequestParser, serverContext }) {
      if (requestParser) setRequestParser(namingMistakes(requestParser, serverContext));
    },
    onParse({ setParseFn }) {
      setParseFn(parseWithinLimits);
    },
    onValidate({ params: { documentAST }, setValidationFn }) {
      setValidationFn(validateDocument);
      return ({ valid }) => {
        if (valid) documents.addValid(documentAST);
      };
    },
    onExecute({ setExecuteFn }) {
      setExecuteFn(executeArgs);
    },
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn(executeArgs);
    },
    onResultProcess({ result, setResult, serverContext }) {
      // Only batches have results of other kinds, and this API has none.
      const executed = result as Executed;
      const { exchange, choice = {} } = serverContext;
      if (isStream(executed)) setResult((exchange.results = resultsFor(exchange, executed)));
      else setResult(finalResult(nameChoice(executed, schema, choice), exchange, options));
    },
  };
  const yoga = createYoga<ServerContext>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    batching: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    logging: false,
    // finalResult masks, with an id that Yoga's own masking has no way to know.
    maskedErrors: false,
    // A guard checks the size by its header.
    maxRequestBodySize: false,
    // Yoga would take every address that ends in "/health" for its own, even within the query. None ends in a space.
    healthCheckEndpoint: ' ',
    parserAndValidationCache: documents.caches,
    plugins: [hooks] satisfies [YogaHooks],
  });

  return async (request, parameters, exchange) => {
    const { method, url, mediaType, body } = request;
    // Of these two, Yoga takes events for a subscription alone.
    const accept = exchange.takesEvents ? `${mediaType}, text/event-stream` : mediaType;
    const headers = { 'content-type': 'application/json', accept };
    const init = { method, headers, ...(body && { body }) };
    const response = await yoga.fetch(`http://localhost${url}`, init, { exchange, request, parameters });
    return exchange.results ? streamAnswer(response, exchange.results) : yogaAnswer(response);
  };
}

function namingMistakes(parse: RequestParser, context: ServerContext): RequestParser {
  return async request => {
    try {
      // What guards have seen is what is executed: Yoga reads only what could not be read before, to say why. What it
      // does not complain about then, such as two members of one name, is told here.
      const parameters = context.parameters ?? (await parse(request));
      if (!context.parameters) readParameters(context.request);
      // A batch is refused later; Responses come from parsers that nobody has added.
      if (!Array.isArray(parameters)) {
        context.choice = parameters as OperationChoice;
        checkOperationName(context.choice);
      }
      return parameters;
    } catch (error) {
      throw namedMistake(error, request.method);
    }
  };
}

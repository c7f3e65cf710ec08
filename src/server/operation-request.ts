import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql';

/** What a client may send with its document. */
export interface OperationParameters {
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

/** An operation that a client asks for: its document is valid, and it is the one to execute of those in it. */
export interface OperationRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  /** As the client sent them: their types are checked when the operation is executed. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** The request for the operation of that name, or for the document's only one; undefined if there is none. */
export function requestOperation(
  document: DocumentNode,
  { variables, operationName }: OperationParameters,
): OperationRequest | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  return {
    document,
    operation,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
  };
}

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

/**
 * What the operation does not declare is let go of, wherever else it is known: what there is of it would stay until the answer is
 * there, and takes many times the memory of its text.
 */
function forgetUndeclared({ variableDefinitions }: OperationDefinitionNode, variables: object): void {
  const declared = new Set(variableDefinitions?.map(({ variable }) => variable.name.value));
  for (const name of Object.keys(variables)) if (!declared.has(name)) Reflect.deleteProperty(variables, name);
}

/** The request for the operation of that name, or for the document's only one; undefined if there is none. */
export function requestOperation(
  document: DocumentNode,
  { variables, operationName }: OperationParameters,
): OperationRequest | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  if (variables) forgetUndeclared(operation, variables);
  return {
    document,
    operation,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
  };
}

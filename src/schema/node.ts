import { resultsOrErrors } from '../aws/look-up.ts';

/**
 * What a node type's `loadManyWithoutCache` returns. A node that cannot be loaded has its error in its place,
 * which Pothos hands on to GraphQL as the error of that node alone, though its types do not say so.
 */
export function loadNodes<Node>(lookUps: readonly Promise<Node | null>[]): Promise<(Node | null)[]> {
  return resultsOrErrors(lookUps) as Promise<(Node | null)[]>;
}

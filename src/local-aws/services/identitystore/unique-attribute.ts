import type { AlternateIdentifier } from '@aws-sdk/client-identitystore';
import type { Checked } from '../wire.ts';
import { invalid } from './exceptions.ts';

/**
 * The column to find something by, and its value; undefined for an external id.
 *
 * @param columns By the paths in lower case: clients in the wild spell them both `userName` and `UserName`.
 */
export function uniqueValue<Column extends string>(
  { UniqueAttribute }: Checked<AlternateIdentifier>,
  columns: ReadonlyMap<string, Column>,
): { readonly [Name in Column]?: string } | undefined {
  // Nothing has an external id: those come from provisioning, which there is none of.
  if (!UniqueAttribute) return undefined;
  const { AttributePath, AttributeValue } = UniqueAttribute;
  const column = columns.get(AttributePath.toLowerCase());
  if (!column) throw invalid(`The attribute ${AttributePath} is not a unique attribute`);
  if (AttributeValue === '' || AttributeValue === null) {
    throw invalid('attribute value cannot be empty or null for attribute path');
  }
  if (typeof AttributeValue !== 'string') {
    throw invalid(`The value of the attribute ${AttributePath} must be a string`);
  }
  return { [column]: AttributeValue.toLowerCase() } as { readonly [Name in Column]?: string };
}

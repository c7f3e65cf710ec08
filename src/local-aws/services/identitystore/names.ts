/** The names that users and groups have. */
import { invalid } from './exceptions.ts';

const reservedNames = new Set(['administrator', 'awsadministrators']);

export function requireName(attribute: string, name: string | undefined): asserts name is string {
  if (name === undefined) throw invalid(`${attribute} is a required attribute`);
  if (reservedNames.has(name.toLowerCase())) {
    throw invalid(`The ${attribute} is a reserved name and cannot be used`);
  }
}

/** In lower case. The name is the only attribute that AWS's deprecated filters ever supported. */
export function filteredName(
  attribute: string,
  filter: { readonly AttributePath: string; readonly AttributeValue: string } | undefined,
): string | undefined {
  if (filter && filter.AttributePath.toLowerCase() !== attribute.toLowerCase()) {
    throw invalid(`The attribute ${filter.AttributePath} cannot be used in a filter`);
  }
  return filter?.AttributeValue.toLowerCase();
}

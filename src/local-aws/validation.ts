import type * as z from 'zod';
import { type Constraint, check, MapKey, type ValueType, type Violation } from '../aws/models/constraints.ts';
import { AwsException } from './exception.ts';

/**
 * The input of an operation, or AWS's refusal: the constraints that are broken, all of them, as the
 * service's own exception; members of a wrong JSON type as the SerializationException with which AWS's
 * front end stops a request before any service sees it.
 */
export function validated(shape: z.ZodType, request: unknown, exceptionName: string): unknown {
  const checked = check(shape, request);
  if ('value' in checked) return checked.value;
  for (const { constraint, value } of checked.violations) {
    if (constraint.kind === 'type') throw wrongType(constraint.expected, value);
  }
  throw new AwsException(exceptionName, describe(checked.violations));
}

function wrongType(expected: ValueType, value: unknown): AwsException {
  return new AwsException('SerializationException', describeWrongType(expected, value));
}

const jsonTypes: Partial<Readonly<Record<ValueType, string>>> = {
  string: 'a String',
  integer: 'an Integer',
  number: 'a Float',
  boolean: 'a Boolean',
};

function describeWrongType(expected: ValueType, value: unknown): string {
  if (Array.isArray(value)) return 'Start of list found where not expected';
  if (typeof value === 'object') return 'Start of structure or map found where not expected';
  const target = jsonTypes[expected];
  if (target === undefined) return 'Unexpected field type';
  const found = typeof value === 'boolean' ? String(value) : typeof value;
  return `${found.toUpperCase()}_VALUE can not be converted to ${target}`;
}

function describe(violations: readonly Violation[]): string {
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
  return `${count}: ${violations.map(describeViolation).join('; ')}`;
}

function describeViolation({ path, constraint, value, sensitive, isMapKey }: Violation): string {
  const shown = sensitive ? '' : ` '${constraint.kind === 'required' ? 'null' : String(value)}'`;
  const member = memberPath(isMapKey ? path.slice(0, -1) : path);
  const described = describeConstraint(constraint);
  const failed = isMapKey ? `Map keys must satisfy constraint: [${described}]` : described;
  return `Value${shown} at '${member}' failed to satisfy constraint: ${failed}`;
}

/** Members start in lower case whatever the model says; list items are `member`s, counted from 1. */
function memberPath(path: Violation['path']): string {
  return path
    .map(part => {
      if (part instanceof MapKey) return part.key;
      return typeof part === 'number' ? `${part + 1}.member` : part.charAt(0).toLowerCase() + part.slice(1);
    })
    .join('.');
}

function describeConstraint(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'required':
      return 'Member must not be null';
    case 'minLength':
    case 'minBytes':
    case 'minItems':
      return `Member must have length greater than or equal to ${constraint.bound}`;
    case 'maxLength':
    case 'maxBytes':
    case 'maxItems':
      return `Member must have length less than or equal to ${constraint.bound}`;
    case 'minValue':
      return `Member must have value greater than or equal to ${constraint.bound}`;
    case 'maxValue':
      return `Member must have value less than or equal to ${constraint.bound}`;
    case 'pattern':
      return `Member must satisfy regular expression pattern: ${constraint.source.replaceAll(/[^ -~]/g, escaped)}`;
    case 'enum':
      return `Member must satisfy enum value set: [${constraint.values.join(', ')}]`;
    case 'oneMember':
      return `Member must have exactly one of [${constraint.members.join(', ')}]`;
    default:
      return `Member must be ${constraint.expected}`;
  }
}

/** Some patterns hold characters that nobody could see in a message. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

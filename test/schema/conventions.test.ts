import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { describe, expect, test } from 'vitest';

const schema: GraphQLSchema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const types = Object.values(schema.getTypeMap()).filter(
  type => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const errorInterface = schema.getType('Error');
const implementsError = (type: GraphQLNamedType): type is GraphQLObjectType =>
  isObjectType(type) && type.getInterfaces().some(each => each === errorInterface);

/** Everything in the schema that may have a description, by its coordinate. */
function* described(): Generator<[coordinate: string, description: string]> {
  for (const type of types) {
    yield [type.name, type.description ?? ''];
    if (isEnumType(type)) {
      for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value.description ?? ''];
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        yield [`${type.name}.${field.name}`, field.description ?? ''];
        for (const arg of field.args)
          yield [`${type.name}.${field.name}(${arg.name}:)`, arg.description ?? ''];
      }
    }
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        yield [`${type.name}.${field.name}`, field.description ?? ''];
    }
  }
}

describe('The schema', () => {
  test('describes every type, field, argument and value in whole sentences', () => {
    const undescribed = [...described()].filter(([, description]) => !/^[A-Z].*[.:]$/s.test(description));
    expect(undescribed).toEqual([]);
    expect([...described()].length).toBeGreaterThan(250);
  });

  test('describes what brings each error about', () => {
    const errors = types.filter(implementsError);
    expect(errors).toHaveLength(8);
    for (const { description } of errors) expect(description).toMatch(/^Returned when /);
  });
});

describe.each(mutations)('The mutation $name', field => {
  const stem = field.name.charAt(0).toUpperCase() + field.name.slice(1);
  const union = field.type as GraphQLUnionType;

  test('takes one argument, a required input named after it', () => {
    expect(field.args.map(({ name, type }) => [name, String(type)])).toEqual([['input', `${stem}Input!`]]);
  });

  test('returns a nullable union named after it: its success first, then errors', () => {
    expect(isNonNullType(field.type)).toBe(false);
    expect(isUnionType(union) && union.name).toBe(`${stem}Result`);
    const [success, ...errors] = union.getTypes();
    expect(success?.name).toBe(`${stem}Success`);
    expect(errors.every(implementsError)).toBe(true);
  });
});

/** These change nothing at AWS, and doing them twice is doing them once. */
const repeatable = new Set(['cancelJob', 'retryJob']);

test.each(mutations.filter(({ name }) => !repeatable.has(name)))(
  'The mutation $name takes an idempotencyKey',
  ({ name }) => {
    const input = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
    expect(isInputObjectType(input) && String(input.getFields()['idempotencyKey']?.type)).toBe('String');
  },
);

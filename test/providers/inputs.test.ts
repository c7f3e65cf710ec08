/** Every member of a mutation's input is one of AWS's requests, or said to be the gateway's own: no other gets anywhere. */
import { type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { apiNameOf } from '../../src/adapter/members.ts';
import { type ServiceModel, type ShapeModel, shapeModel } from '../../src/aws/models/model.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { mutations } from '../support/mutations.ts';

const schema = assembleSchema();

/** A structure that AWS knows, in the model that describes it. */
type Known = readonly [ServiceModel, ShapeModel];

/** What is in the lists of a shape, or the shape. */
function inLists(model: ServiceModel, shape: ShapeModel): ShapeModel {
  return shape.type === 'list' ? inLists(model, shapeModel(model, shape.member ?? '')) : shape;
}

/** The members of an input, at any depth, that none of these structures has. */
function strangers(type: GraphQLInputType, known: readonly Known[], path: readonly string[]): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap(field => {
    const at = [...path, field.name];
    const held = known.flatMap(([model, { members = {} }]) =>
      Object.entries(members)
        .filter(([member]) => apiNameOf(member) === field.name)
        .map(([, { shape }]): Known => [model, inLists(model, shapeModel(model, shape))]),
    );
    return held.length === 0 ? [at.join('.')] : strangers(field.type, held, at);
  });
}

/** Whether an input has a member. */
function has(type: GraphQLInputType, [name, ...below]: readonly string[]): boolean {
  if (name === undefined) return true;
  const named = getNamedType(type);
  const field = isInputObjectType(named) ? named.getFields()[name] : undefined;
  return field !== undefined && has(field.type, below);
}

test.each(mutations)('Of the input of $field, AWS or the gateway takes every member', ({ field, aws }) => {
  const input = schema.getMutationType()?.getFields()[field]?.args[0]?.type as GraphQLInputType;
  const requests = aws.map(({ service, request }): Known => [service.model, request]);
  const own = operations().find(({ name, kind }) => kind === 'mutation' && name === field)?.ownInput ?? [];
  // Every input has a key; one that AWS has no place for is the gateway's to check.
  const expected = aws.some(({ takesKey }) => takesKey) ? own : [...own, 'idempotencyKey'];
  expect(strangers(input, requests, []).filter(name => !expected.includes(name))).toEqual([]);
  // A read may have a member of the same name as one that the gateway takes, such as the extensions to describe.
  expect(expected.filter(path => !has(input, path.split('.')))).toEqual([]);
});

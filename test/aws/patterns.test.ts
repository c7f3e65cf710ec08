import { expect, test } from 'vitest';
import { requestModel, type ServiceModel, shapeModel } from '../../src/aws/models/model.ts';
import { isDescribed } from '../../src/aws/models/patterns.ts';
import { requestShape } from '../../src/aws/models/shapes.ts';
import { providers } from '../../src/providers/index.ts';
import { operations } from '../../src/schema/operation.ts';

await Promise.all(providers.map(provider => provider.load()));
const awsOperations = [...new Set([...operations.values()].flatMap(({ aws }) => aws))];

/** The patterns in a shape and everything that it holds. */
function patternsIn(model: ServiceModel, name: string): string[] {
  const { pattern, members = {}, member, key, value } = shapeModel(model, name);
  const inside = [...Object.values(members).map(({ shape }) => shape), member, key, value];
  return [...(pattern ? [pattern] : []), ...inside.flatMap(shape => (shape ? patternsIn(model, shape) : []))];
}

test.each(awsOperations.map(({ name, service: { model } }) => ({ name, model })))(
  'Every pattern in a request of $model.service $name has words',
  ({ name, model }) => {
    const patterns = patternsIn(model, requestModel(model, name).name);
    expect(patterns.filter(pattern => !isDescribed(pattern))).toEqual([]);
    expect(requestShape(model, name)).toBeDefined();
  },
);

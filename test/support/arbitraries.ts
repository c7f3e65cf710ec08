/** Values by chance for AWS's shapes, valid ones and others; what is wrong with one, `brokenBy` tells. */
import * as fc from 'fast-check';
import { type ServiceModel, type ShapeModel, shapeModel } from '../../src/aws/models/model.ts';
import { type Boundary, boundaries, brokenBy, valid } from './boundaries.ts';
import { samples } from './pattern-samples.ts';
import type { RequestMember } from './request-members.ts';

/** The same ones in each run, so that no run fails by chance. */
fc.configureGlobal({ seed: 1 });

/** Longer texts and lists are left to the boundaries. */
const LONGEST = 2_100;

/** Java's reading of these differs from JavaScript's, which the expectations are worked out with. */
const readDifferently = /[\u0085\u2028\u2029\ufeff]|[^\P{Z} ]/u;

/** What the gateway refuses everywhere, whatever AWS's model says. */
const refused = '\u0000';

/** Values of a member, each with the constraints that it breaks: at their boundaries, and anywhere. */
export function valuesOf(
  model: ServiceModel,
  { shape, boundaries: known, isMapKey }: Pick<RequestMember, 'shape' | 'boundaries' | 'isMapKey'>,
): fc.Arbitrary<Boundary> {
  const anywhere = arbitrary(model, shape)
    .filter(value => value !== null && (!isMapKey || typeof value === 'string'))
    .map(value => ({ value, broken: brokenBy(shapeModel(model, shape), value) }))
    // A path has no empty parts, whatever the shape says.
    .filter(({ value, broken }) => value !== '' || broken.length > 0);
  return known.length === 0
    ? anywhere
    : fc.oneof({ weight: 4, arbitrary: anywhere }, fc.constantFrom(...known));
}

/** Any JSON whose numbers need no rounding. */
const documents = fc.anything({
  key: fc.string(),
  values: [fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)],
  maxDepth: 3,
});

/** Values for a shape itself; what it holds is valid. */
function arbitrary(model: ServiceModel, name: string): fc.Arbitrary<unknown> {
  const shape = shapeModel(model, name);
  const { min = 0, max = Number.POSITIVE_INFINITY } = shape;
  switch (shape.type) {
    case 'string':
      return shape.enum ? fc.oneof(fc.constantFrom(...shape.enum), strangers(shape.enum)) : texts(shape);
    case 'integer':
    case 'long':
      return fc.oneof(fc.integer(), fc.integer({ min: min - 3, max: Math.min(max, 2 ** 31 - 4) + 3 }));
    case 'float':
    case 'double':
      // JSON has no other numbers, and no negative zero.
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map(number => number + 0);
    case 'boolean':
      return fc.boolean();
    case 'list': {
      const item = valid(model, shape.member ?? '');
      const sizes = fc.nat({ max: Math.min(max, LONGEST) + 2 });
      return sizes.map(size => Array.from({ length: size }, () => item));
    }
    case 'structure':
      if (shape.document) return documents;
      if (!shape.union) return fc.constant(valid(model, name));
  }
  return fc.constantFrom(...boundaries(model, name).map(({ value }) => value));
}

/** What differs from every value by letters, their case, or white space. */
function strangers(values: readonly string[]): fc.Arbitrary<string> {
  const alike = fc
    .constantFrom(...values)
    .chain(value =>
      fc.constantFrom(value.toLowerCase(), value.toUpperCase(), ` ${value}`, `${value}x`, value.slice(1)),
    );
  return fc.oneof(alike, fc.string());
}

/** Of any characters, of those that the shape's pattern takes, and of these with one that it may not take; no parts of paths that lead elsewhere. */
function texts({ min = 0, max = 64, pattern }: ShapeModel): fc.Arbitrary<string> {
  const length = fc.oneof(
    fc.nat({ max: 12 }),
    fc.integer({ min: Math.max(0, min - 2), max: Math.min(max, LONGEST) + 2 }),
  );
  const ofLength =
    (pattern !== undefined && samples[pattern]?.ofLength) || ((many: number) => 'a'.repeat(many));
  const known = length.map(ofLength);
  const spoiled = fc
    .tuple(known, fc.nat(), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
    .map(([text, at, stranger]) => {
      const characters = Array.from(text);
      characters.splice(at % (characters.length + 1), 1, stranger);
      return characters.join('');
    });
  const any = fc
    .tuple(length, fc.constantFrom('grapheme', 'grapheme-ascii', 'binary', 'binary-ascii'))
    .chain(([many, unit]) =>
      fc.string({ unit, minLength: Math.min(many, 100), maxLength: Math.min(many, 100) }),
    );
  return fc
    .oneof(known, spoiled, any)
    .filter(text => !readDifferently.test(text) && !text.includes(refused) && !/^\.\.?$/.test(text));
}

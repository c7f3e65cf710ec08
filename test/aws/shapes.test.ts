import { describe, expect, test } from 'vitest';
import { check, MapKey, violations } from '../../src/aws/models/constraints.ts';
import type { ServiceModel, ShapeModel } from '../../src/aws/models/model.ts';
import { requestShape, shapeOf } from '../../src/aws/models/shapes.ts';
import { models } from '../support/service-models.ts';

function modelOf(shapes: Record<string, ShapeModel>): ServiceModel {
  return { ...(models[0] as ServiceModel), service: 'shed', operations: {}, errors: {}, shapes };
}

const string = { type: 'string' };
const model = modelOf({
  String: string,
  Short: { type: 'string', min: 2, max: 3, pattern: '[a-z]*' },
  Secret: { type: 'string', max: 3, sensitive: true },
  SecretKind: { type: 'string', enum: ['a'], sensitive: true },
  Kind: { type: 'string', enum: ['spade', 'rake'] },
  Integer: { type: 'integer', min: -1, max: 5 },
  AnyInteger: { type: 'integer' },
  Long: { type: 'long', min: 0 },
  Float: { type: 'float', min: 0.5, max: 1.5 },
  Double: { type: 'double' },
  Boolean: { type: 'boolean' },
  Blob: { type: 'blob', min: 1, max: 3 },
  Time: { type: 'timestamp' },
  Document: { type: 'structure', members: {}, document: true },
  List: { type: 'list', member: 'Short', min: 1, max: 2 },
  Sparse: { type: 'list', member: 'Short', sparse: true },
  Lists: { type: 'list', member: 'List' },
  Choices: { type: 'list', member: 'Choice' },
  Documents: { type: 'list', member: 'Document' },
  DocumentMap: { type: 'map', key: 'String', value: 'Document' },
  Map: { type: 'map', key: 'Short', value: 'Integer', min: 1, max: 2 },
  KindMap: { type: 'map', key: 'Kind', value: 'String' },
  SparseMap: { type: 'map', key: 'String', value: 'String', sparse: true },
  Choice: { type: 'structure', union: true, members: { A: { shape: 'Short' }, B: { shape: 'Integer' } } },
  Tree: {
    type: 'structure',
    required: ['Name'],
    members: { Name: { shape: 'Short' }, Trees: { shape: 'Trees' } },
  },
  Trees: { type: 'list', member: 'Tree', max: 1 },
  Setting: { type: 'structure', members: { Json: { shape: 'String', jsonvalue: true } } },
  Everything: {
    type: 'structure',
    required: [
      'Blob',
      'Boolean',
      'Choice',
      'Document',
      'Float',
      'Integer',
      'Kind',
      'List',
      'Map',
      'Short',
      'Time',
      'Tree',
    ],
    members: Object.fromEntries(
      [
        'Time',
        'Short',
        'Kind',
        'Integer',
        'Float',
        'Boolean',
        'Blob',
        'Document',
        'List',
        'Map',
        'Choice',
        'Tree',
      ].map(shape => [shape, { shape }]),
    ),
  },
});

/** What is wrong with a value, as `path: constraint`, with the value where it may be shown. */
function wrong(name: string, value: unknown): string[] {
  return violations(shapeOf(model, name), value).map(
    ({ path, constraint, value: broken, sensitive, isMapKey }) => {
      const { kind, ...facts } = constraint;
      const shown = sensitive ? 'hidden' : JSON.stringify(broken);
      const at = path.map(part => (part instanceof MapKey ? `<${part.key}>` : part)).join('.');
      return `${at}: ${[kind, ...Object.values(facts).map(String)].join(' ')}, ${shown}${isMapKey ? ', key' : ''}`;
    },
  );
}

const time = new Date(0);
const bytes = (length: number) => new Uint8Array(length);

const rows: Readonly<Record<string, readonly (readonly [value: unknown, ...wrong: string[]])[]>> = {
  Short: [
    ['ab'],
    ['a', ': minLength 2, "a"'],
    ['abcd', ': maxLength 3, "abcd"'],
    ['A😀', ': pattern [a-z]*, "A😀"'],
    ['😀', ': minLength 2, "😀"', ': pattern [a-z]*, "😀"'],
    [1, ': type string, hidden'],
    [null, ': required, null'],
  ],
  Secret: [['abc'], ['😀😀😀'], ['abcd', ': maxLength 3, hidden']],
  SecretKind: [['a'], ['b', ': enum a, hidden']],
  Kind: [
    ['rake'],
    ['hoe', ': enum spade,rake, "hoe"'],
    [1, ': type string, hidden'],
    [null, ': required, null'],
  ],
  Integer: [
    [-1],
    [5],
    [-2, ': minValue -1, -2'],
    [6, ': maxValue 5, 6'],
    [1.5, ': type integer, hidden'],
    [2 ** 31, ': type integer, hidden'],
    ['1', ': type integer, hidden'],
    [Number.NaN, ': type integer, hidden'],
  ],
  AnyInteger: [[2 ** 31 - 1], [-(2 ** 31)], [2 ** 31, ': type integer, hidden']],
  Long: [[2 ** 53], [0.5, ': type integer, hidden'], [-1, ': minValue 0, -1']],
  Float: [
    [0.5],
    [1.5],
    [0.4, ': minValue 0.5, 0.4'],
    [1.6, ': maxValue 1.5, 1.6'],
    [true, ': type number, hidden'],
  ],
  Double: [[-1e300], ['1', ': type number, hidden'], [Number.POSITIVE_INFINITY, ': type number, hidden']],
  Boolean: [[false], ['true', ': type boolean, hidden'], [undefined, ': required, undefined']],
  Blob: [
    [bytes(1)],
    [Buffer.from('€')],
    [bytes(0), ': minBytes 1, hidden'],
    [bytes(4), ': maxBytes 3, hidden'],
    ['AAAA', ': type bytes, hidden'],
    [undefined, ': required, undefined'],
  ],
  Time: [[time], ['1970-01-01', ': type time, hidden'], [new Date(Number.NaN), ': type time, hidden']],
  Document: [
    [{ a: [1, 'b', null, { c: true }] }],
    ['text'],
    [null],
    [undefined, ': required, undefined'],
    [time, ': type JSON, hidden'],
  ],
  List: [
    [['ab', 'cd']],
    [[], ': minItems 1, hidden'],
    [['ab', null, 'c'], '1: required, null', '2: minLength 2, "c"', ': maxItems 2, hidden'],
    [{}, ': type list, hidden'],
    [null, ': required, null'],
  ],
  Sparse: [[[null, 'ab']], [[null, 'a'], '1: minLength 2, "a"']],
  Lists: [[[['ab'], []], '1: minItems 1, hidden']],
  Choices: [
    [
      [{ A: 'ab' }, {}, { A: 'a', B: 1 }],
      '1: oneMember A,B, hidden',
      '2.A: minLength 2, "a"',
      '2: oneMember A,B, hidden',
    ],
  ],
  Map: [
    [{ ab: 1, cd: 2 }],
    [{}, ': minItems 1, hidden'],
    [{ ab: null, c: 6 }, '<ab>: required, null', '<c>: minLength 2, "c", key', '<c>: maxValue 5, 6'],
    [
      { ab: 1, cd: 2, e: 'x' },
      '<e>: minLength 2, "e", key',
      '<e>: type integer, hidden',
      ': maxItems 2, hidden',
    ],
    [[], ': type map, hidden'],
  ],
  KindMap: [[{ rake: 'x' }], [{}], [{ hoe: 'x' }, '<hoe>: enum spade,rake, "hoe", key']],
  Documents: [[[1, { a: null }]], [[null], '0: required, null']],
  DocumentMap: [[{ a: [null] }], [{ a: null }, '<a>: required, null']],
  SparseMap: [[{ a: null, 1: 'x' }], [{ a: 1 }, '<a>: type string, hidden']],
  Choice: [
    [{ B: 1 }],
    [{ B: 1, C: 2 }],
    [{ C: 2 }, ': oneMember A,B, hidden'],
    [{ A: 'ab', B: 9 }, 'B: maxValue 5, 9', ': oneMember A,B, hidden'],
    ['A', ': type structure, hidden'],
  ],
  Tree: [
    [{ Name: 'ab', Trees: [{ Name: 'ab', Trees: [] }] }],
    [
      { Trees: [{ Name: 'a', Trees: [{ Name: 'ab' }, null] }] },
      'Name: required, undefined',
      'Trees.0.Name: minLength 2, "a"',
      'Trees.0.Trees.1: required, null',
      'Trees.0.Trees: maxItems 1, hidden',
    ],
  ],
  Setting: [[{ Json: { a: [null] } }], [{}], [{ Json: bytes }, 'Json: type JSON, hidden']],
  Everything: [
    [
      {},
      'Time: required, undefined',
      'Short: required, undefined',
      'Kind: required, undefined',
      'Integer: required, undefined',
      'Float: required, undefined',
      'Boolean: required, undefined',
      'Blob: required, undefined',
      'Document: required, undefined',
      'List: required, undefined',
      'Map: required, undefined',
      'Choice: required, undefined',
      'Tree: required, undefined',
    ],
    [[], ': type structure, hidden'],
  ],
};

test('Every shape of the test has its rows', () => {
  const held = new Set(['String', 'Trees']);
  expect(Object.keys(rows).toSorted()).toEqual(
    Object.keys(model.shapes)
      .filter(name => !held.has(name))
      .toSorted(),
  );
});

describe.each(Object.entries(rows))('%s', (name, cases) => {
  test.each(cases.map(([value, ...expected]) => ({ value, expected })))(
    '$value breaks $expected.length constraints',
    ({ value, expected }) => {
      expect(wrong(name, value)).toEqual(expected);
    },
  );
});

test('A valid value comes back without the members that AWS does not know', () => {
  const value = { Name: 'ab', Colour: 'red', Trees: [{ Name: 'cd', Size: 1 }] };
  expect(check(shapeOf(model, 'Tree'), value)).toEqual({ value: { Name: 'ab', Trees: [{ Name: 'cd' }] } });
});

test('A shape is built once, and again where building failed', () => {
  expect(shapeOf(model, 'Everything')).toBe(shapeOf(model, 'Everything'));
  const broken = modelOf({ List: { type: 'list', member: 'Odd' }, Odd: { type: 'eventstream' } });
  for (let attempt = 0; attempt < 2; attempt++) {
    expect(() => shapeOf(broken, 'List')).toThrow(
      new TypeError('The shape Odd of shed has the type eventstream, which is not known.'),
    );
  }
});

test('What a model does not have is an error that says so', () => {
  expect(() => shapeOf(model, 'Nothing')).toThrow(new TypeError("AWS's model of shed has no shape Nothing."));
  expect(() => requestShape(model, 'Dig')).toThrow(
    new TypeError("AWS's model of shed has no request of Dig."),
  );
});

test('A pattern that JavaScript cannot express is an error that names its shape', () => {
  const odd = modelOf({ Odd: { type: 'string', pattern: String.raw`a\R` } });
  expect(() => shapeOf(odd, 'Odd')).toThrow(
    new TypeError(String.raw`The shape Odd of shed: JavaScript cannot express the pattern a\R: at 1, "\R".`),
  );
});

test.each(models)('Every shape of $service can be built', each => {
  const names = Object.keys(each.shapes);
  const ofOperations = Object.values(each.operations).flatMap(({ input, output }) => [input, output]);
  expect(names).toEqual(expect.arrayContaining(ofOperations.filter(name => name !== null)));
  for (const name of names) expect(violations(shapeOf(each, name), Symbol('nothing of AWS'))).toHaveLength(1);
});

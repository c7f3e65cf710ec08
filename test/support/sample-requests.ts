/** Requests for every operation in AWS's models, made of the models' own facts. */
import { type ServiceModel, type ShapeModel, shapeModel } from '../../src/aws/models/model.ts';
import { patternTest } from '../../src/aws/models/patterns.ts';

/** Which members of structures a request has. */
export const fills = ['every member', 'required members'] as const;
export type Fill = (typeof fills)[number];

/** As long as a shape allows one of them, a text has what encodings of paths, queries, headers and JSON treat apart. */
const texts = [
  ' a/b?c=d&e+f%20#g:h;i@j \\ "k" \'l\' <m> {n} (o)* !~ é ü 🙂 ',
  'a/b?c=d&e+f%20#g:h;i@j"k"\'l\'<m>{n}(o)*!~éü🙂',
  'a/b=c+d:e_f-g',
  'A.b:c_d-e+1@example.com',
  'a.b:c_d-e@f',
  'A.b:c_d-e',
  'A.b_c-d',
  'Ab_c-d',
  'emails.value',
  '12025550143',
  'd-9067012345',
  '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  'aws:identitystore:enterprise',
  'arn:aws:chime:us-east-1:111122223333:app-instance/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
];

/**
 * Values that a shape allows, at least one; several where one cannot hold everything, since only one member of a
 * union is present at a time.
 */
export function samples(model: ServiceModel, shapeName: string | null, fill: Fill): unknown[] {
  return shapeName === null ? [{}] : valuesOf(model, shapeName, fill, []);
}

function valuesOf(model: ServiceModel, name: string, fill: Fill, within: readonly string[]): unknown[] {
  const shape = shapeModel(model, name);
  const { min = 0, max = Number.POSITIVE_INFINITY } = shape;
  const inside = (of = '') => valuesOf(model, of, fill, [...within, name]);
  switch (shape.type) {
    case 'string':
      return [shape.enum?.at(-1) ?? text(name, shape)];
    case 'integer':
    case 'long':
      return [Math.min(max, Math.max(min, 7))];
    case 'float':
    case 'double':
      return [Math.min(max, Math.max(min, 0.1))];
    case 'boolean':
      return [true];
    case 'blob':
      return [new Uint8Array([0, 62, 63, 127, 128, 255])];
    case 'timestamp':
      return [new Date('2026-01-31T09:30:00.120Z')];
    case 'list': {
      const items = inside(shape.member);
      return [
        Array.from(
          { length: Math.min(max, Math.max(min, 2, items.length)) },
          (_, at) => items[at % items.length],
        ),
      ];
    }
    case 'map':
      return inside(shape.value).map(value => ({ [String(inside(shape.key)[0])]: value }));
    case 'structure':
      return structures(model, shape, fill, [...within, name]);
    default:
      throw new TypeError(`There are no samples of the type ${shape.type}.`);
  }
}

function text(name: string, { min = 0, max = Number.POSITIVE_INFINITY, pattern }: ShapeModel): string {
  const allowed = pattern === undefined ? () => true : patternTest(pattern);
  const found = texts.find(each => each.length >= min && each.length <= max && allowed(each));
  if (found === undefined)
    throw new TypeError(
      `No sample fits ${name}: ${min} to ${max} characters, ${pattern}. Add one to \`texts\` in test/support/sample-requests.ts.`,
    );
  return found;
}

function structures(
  model: ServiceModel,
  shape: ShapeModel,
  fill: Fill,
  within: readonly string[],
): unknown[] {
  if (shape.document) return [{ text: texts[0], number: 1.5, list: [true, null, { nested: '' }] }];
  const { members = {}, required = [], union } = shape;
  const present = Object.entries(members).filter(
    // A shape within itself ends here.
    ([name, member]) =>
      required.includes(name) || (fill === 'every member' && !within.includes(member.shape)),
  );
  if (union) {
    return Object.entries(members).flatMap(([name, member]) =>
      valuesOf(model, member.shape, fill, within).map(value => ({ [name]: value })),
    );
  }
  const choices = present.map(([name, { shape: of }]) => [name, valuesOf(model, of, fill, within)] as const);
  const count = Math.max(1, ...choices.map(([, values]) => values.length));
  return Array.from({ length: count }, (_, at) =>
    Object.fromEntries(choices.map(([name, values]) => [name, values[at % values.length]])),
  );
}

/** Examples as documents that a person can read, run and change. */
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
  parse,
  print,
  valueToLiteral,
} from 'graphql';
import type { Example, Examples } from './examples.ts';

/** One query for the examples of several fields. */
export function queryDocument(schema: GraphQLSchema, name: string, examples: Examples): string {
  return selecting('query', name, schema.getQueryType(), examples);
}

/** The example of an operation. A mutation's selects all that an error tells. */
export function exampleDocument(schema: GraphQLSchema, name: string, example: Example): string {
  const { note, needs } = example;
  const comments = [note, needs && `It needs ${needs}`].flatMap(line => (line ? `# ${line}\n` : []));
  return `${comments.join('')}${textOf(schema, name, example)}`;
}

function textOf(schema: GraphQLSchema, name: string, example: Example): string {
  const field = schema.getMutationType()?.getFields()[name];
  if (field) return mutation(field, example, errorDetails(schema, field));
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const subscriptions = schema.getSubscriptionType();
  return subscriptions?.getFields()[name]
    ? selecting('subscription', title, subscriptions, { [name]: example })
    : queryDocument(schema, title, { [name]: example });
}

function selecting(
  kind: 'query' | 'subscription',
  name: string,
  root: GraphQLObjectType | null | undefined,
  examples: Examples,
): string {
  const calls = Object.entries(examples).map(
    ([field, { args, select }]) => `${call(root?.getFields()[field], args)} { ${select} }`,
  );
  return print(parse(`${kind} ${name} { ${calls.join(' ')} }`));
}

/** A mutation's example on one line, for a shell. */
export function mutationCommand(schema: GraphQLSchema, name: string, example: Example): string {
  const field = schema.getMutationType()?.getFields()[name];
  const text = mutation(field, example, '... on Error { code message }', '__typename');
  return text.replace(/^mutation \w+/, 'mutation').replaceAll(/\s+/g, ' ');
}

type Field = GraphQLField<unknown, unknown> | undefined;

function mutation(field: Field, { args, select }: Example, errors: string, first = ''): string {
  const [success] = membersOf(field);
  const name = success?.name.replace(/Success$/, '');
  const selection = `${first} ... on ${success?.name} { ${select} } ${errors}`;
  return print(parse(`mutation ${name} { ${call(field, args)} { ${selection} } }`));
}

function membersOf(field: Field): readonly GraphQLObjectType[] {
  return isUnionType(field?.type) ? field.type.getTypes() : [];
}

/** A field with its arguments. */
function call(field: Field, values: Example['args']): string {
  const args = field?.args.flatMap(({ name, type }) => {
    const literal = Object.hasOwn(values, name) && valueToLiteral(values[name], type);
    return literal ? [`${name}: ${print(literal)}`] : [];
  });
  return `${field?.name}${args?.length ? `(${args.join(', ')})` : ''}`;
}

/** What every error tells, and what those of the field's union tell besides. */
function errorDetails(schema: GraphQLSchema, field: Field): string {
  const common = schema.getType('Error');
  if (!isInterfaceType(common)) throw new TypeError('The schema has no interface Error.');
  const shared = common.getFields();
  const own = membersOf(field)
    .filter(type => type.getInterfaces().includes(common))
    .map(type => {
      const fields = Object.values(type.getFields()).filter(({ name }) => !Object.hasOwn(shared, name));
      return fields.length > 0 ? `... on ${type.name} { ${fields.map(selected).join(' ')} }` : '';
    });
  return `... on Error { __typename ${Object.keys(shared).join(' ')} } ${own.join(' ')}`;
}

/** A field with all that is in it. */
function selected({ name, type }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type);
  if (isLeafType(named) || !isObjectType(named)) return name;
  return `${name} { ${Object.values(named.getFields()).map(selected).join(' ')} }`;
}

/** Operations as tables of Markdown. */
import { type GraphQLArgument, type GraphQLSchema, getNamedType, isInputObjectType } from 'graphql';
import type { ProviderEntry } from '../../src/providers/provider.ts';
import type { ErrorName } from '../../src/schema/errors.ts';
import type { ApiOperation } from '../../src/schema/operation/registry.ts';
import { code, type Row, table } from './markdown.ts';

/** docs/operations.md: each operation with what it calls, needs and returns. */
export function operationsPage(providers: readonly ProviderEntry[], all: readonly ApiOperation[]): string {
  const common = commonErrors(all);
  const sections = providers.map(({ id, name }) => {
    const rows = all
      .filter(({ provider }) => provider === id)
      .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
      .map(operation => operationRow(operation, common));
    const header = ['GraphQL', 'AWS operations', 'IAM actions', 'scope', 'repeat', 'errors'];
    return `## ${name} (\`${id}\`)\n\n${table(header, rows)}`;
  });
  return `# Operations

Every mutation, and every field and type whose data comes from AWS: the operations of AWS that it may call, the IAM
actions that these need, the scope of the operation, what a repeat does at AWS, and the errors that a mutation returns besides
${common.map(code).join(', ')}, which all mutations can return. \`npm run docs\` writes this page from the declarations.

What a repeat does that this gateway does not recognise: _reads_ changes nothing; _by its key_ is recognised by AWS when it carries the same
\`idempotencyKey\`; _the same_ leads to the same state once more; _a change_ is another change, or is refused.

${sections.join('\n\n')}
`;
}

const kinds: readonly ApiOperation['kind'][] = ['mutation', 'job', 'jobChange', 'query', 'field', 'node'];

const repeats: Readonly<Record<ApiOperation['effect'], string>> = {
  read: 'reads',
  idempotentChange: 'the same',
  repeatableChange: 'by its key',
  change: 'a change',
};

function operationRow(
  { kind, coordinate, name, aws, scope, effect, errors }: ApiOperation,
  common: readonly ErrorName[],
): Row {
  return [
    code(kind === 'field' ? coordinate : name),
    aws.map(each => each.name).join(', '),
    actionsOf(aws).map(code).join(', '),
    code(scope),
    repeats[effect],
    errors
      .filter(error => !common.includes(error))
      .map(code)
      .join(', '),
  ];
}

/** README: what each mutation does, and what it returns besides the errors of all. */
export function mutationsTable(all: readonly ApiOperation[]): string {
  const common = commonErrors(all);
  const rows = mutationsOf(all).map(({ name, description, errors }) => [
    code(name),
    firstSentence(description),
    errors
      .filter(error => !common.includes(error))
      .map(code)
      .join(', '),
  ]);
  const footnote = `¹ All mutations: ${common.map(code).join(', ')}.`;
  return `${table(['mutation', 'does', 'errors, besides those of all mutations¹'], rows)}\n\n${footnote}`;
}

/** README: what each query does, with its arguments but for those of pages. */
export function queriesTable(schema: GraphQLSchema): string {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const rows = fields
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, args, description }) => {
      const shown = args.filter(arg => arg.name !== 'first' && arg.name !== 'after').map(argument);
      return [
        code(shown.length > 0 ? `${name}(${shown.join(', ')})` : name),
        firstSentence(description ?? ''),
      ];
    });
  return table(['query', 'does'], rows);
}

/** An argument's name, and what it takes exactly one of. */
function argument({ name, type }: GraphQLArgument): string {
  const input = getNamedType(type);
  if (!isInputObjectType(input) || !input.isOneOf) return name;
  return `${name}: {${Object.keys(input.getFields()).join(' \\| ')}}`;
}

function firstSentence(description: string): string {
  return description.split('. ', 1)[0]?.replace(/\.$/, '') ?? '';
}

/** README: the IAM actions that each provider needs. */
export function permissionsTable(providers: readonly ProviderEntry[], all: readonly ApiOperation[]): string {
  const rows = providers.map(({ id, name }) => {
    const own = all.filter(({ provider }) => provider === id);
    const actions = new Set(own.flatMap(({ aws }) => actionsOf(aws)));
    return [name, [...actions].toSorted().map(code).join(', ')];
  });
  return table(['provider', 'IAM actions'], rows);
}

function actionsOf(aws: ApiOperation['aws']): readonly string[] {
  return [...new Set(aws.flatMap(({ permissions }) => permissions.map(({ action }) => action)))];
}

function mutationsOf(all: readonly ApiOperation[]): readonly ApiOperation[] {
  return all.filter(({ kind }) => kind === 'mutation');
}

/** The errors that every mutation can return. */
function commonErrors(all: readonly ApiOperation[]): readonly ErrorName[] {
  const [first, ...others] = mutationsOf(all).map(({ errors }) => errors);
  return (first ?? []).filter(error => others.every(errors => errors.includes(error)));
}

/** IAM policies from the declarations of operations. */
import type { AwsOperation, IamPermission } from '../../src/adapter/operation.ts';
import type { ApiOperation } from '../../src/schema/operation/registry.ts';

/** What stands for the parts in braces of ARNs, by their names; a part that is absent stands for everything. */
export type Parts = Readonly<Record<string, readonly string[]>>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[] | '*';
}

/** A policy in IAM's form. */
export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** The least that the operations need: a statement for each service and set of resources. */
export function policyFor(operations: readonly ApiOperation[], parts: Parts = {}): Policy {
  const statements = Map.groupBy(
    operations
      .flatMap(({ aws }) => aws.flatMap(needsOf))
      .filter(({ onlyWith }) => !onlyWith || parts[onlyWith]),
    ({ sid }) => sid,
  );
  return {
    Version: '2012-10-17',
    Statement: [...statements]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([sid, needs]): Statement => {
        const arns = needs[0]?.resources ?? [];
        return {
          Sid: sid,
          Effect: 'Allow',
          Action: [...new Set(needs.map(({ action }) => action))].toSorted(),
          Resource: arns.length === 0 ? '*' : arns.flatMap(arn => filled(arn, parts)),
        };
      }),
  };
}

/** The names of the parts that differ between accounts, in the ARNs of these operations. */
export function partNames(operations: readonly ApiOperation[]): readonly string[] {
  const arns = operations.flatMap(({ aws }) => aws.flatMap(needsOf)).flatMap(({ resources }) => resources);
  return [...new Set(arns.flatMap(arn => [...arn.matchAll(placeholder)].map(([, name = '']) => name)))];
}

const placeholder = /\{(\w+)\}/g;

/** The ARN with each of the values in each of its parts. */
function filled(arn: string, parts: Parts): readonly string[] {
  const [whole, name] = /\{(\w+)\}/.exec(arn) ?? [];
  if (whole === undefined || name === undefined) return [arn];
  const values = parts[name] ?? [name === 'partition' ? 'aws' : '*'];
  return values.flatMap(value => filled(arn.replace(whole, value), parts));
}

/** An operation's permissions, each with what its statement is called: its service, and the kinds of its resources. */
function needsOf({ service, permissions }: AwsOperation): readonly (IamPermission & { sid: string })[] {
  return permissions.map(permission => {
    const [prefix = ''] = permission.action.split(':');
    const name = prefix === service.model.signingName ? service.model.service : prefix;
    const kinds = permission.resources.map(
      arn => /(?:([a-z]+)|\{(\w+)\})\/[^/]*$/.exec(arn)?.slice(1).join('') ?? '',
    );
    return {
      ...permission,
      sid: [name, ...(kinds.length === 0 ? ['all'] : kinds)].map(capitalized).join(''),
    };
  });
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll(/\W/g, '');
}

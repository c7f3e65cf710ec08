/** What of AWS's answers the ledger keeps: the ids, where they stand, and no profile. */
import { apiNameOf } from '../adapter/members.ts';
import { type Plan, planOf, tellable } from '../adapter/native-ids.ts';
import type { AwsOperation } from '../adapter/operation.ts';
import { shapeModel } from '../aws/models/model.ts';

/** The ids in an answer, and words of enums such as a state, in its structure, and this API's words. */
export function lastingPart({ service, response }: AwsOperation, answer: unknown): unknown {
  if (!response) return {};
  const { model } = service;
  const words = Object.entries(response.members ?? {}).filter(
    ([, { shape }]) => shapeModel(model, shape).enum,
  );
  const values = words.map(([name]) => [
    apiNameOf(name),
    (answer as Record<string, unknown>)[apiNameOf(name)],
  ]);
  return { ...Object.fromEntries(values), ...kept(planOf(model, response), answer) };
}

/** Whether there is nothing but ids in the answers of an operation. */
export function answersWithIds({ service, response }: AwsOperation): boolean {
  if (!response) return false;
  const plan = planOf(service.model, response);
  return (
    plan.length === Object.keys(response.members ?? {}).length && plan.every(({ kind }) => kind === 'value')
  );
}

function kept(members: readonly Plan[], value: unknown): object {
  if (typeof value !== 'object' || value === null) return {};
  const structure = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    members.flatMap(({ apiName, kind, values, members: inner }) => {
      const member = structure[apiName];
      if (member === undefined || member === null) return [];
      if (kind === 'structure') return [[apiName, kept(inner, member)]];
      if (kind === 'list')
        return Array.isArray(member) ? [[apiName, member.map(item => kept(inner, item))]] : [];
      const told = tellable(member, values);
      return told === undefined ? [] : [[apiName, told]];
    }),
  );
}

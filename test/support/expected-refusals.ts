/** How local AWS refuses what breaks the constraints of AWS's models: worked out from the data alone. */
import { type ServiceModel, shapeModel } from '../../src/aws/models/model.ts';
import type { Broken } from './boundaries.ts';
import type { RawAnswer } from './local-aws-clients.ts';
import { type RequestMember, requestMembers } from './request-members.ts';
import { servedOperations } from './served-operations.ts';

/** The exception with which each service refuses a broken constraint. */
export const refusals: Readonly<Record<string, string>> = {
  chime: 'BadRequestException',
  'chime-sdk-identity': 'BadRequestException',
  identitystore: 'ValidationException',
  rekognition: 'ValidationException',
};

/** A member of a request. */
export interface MemberCase extends RequestMember {
  readonly model: ServiceModel;
  readonly operation: string;
  readonly at: string;
}

export const memberCases: readonly MemberCase[] = (await servedOperations()).flatMap(({ model, operation }) =>
  requestMembers(model, operation).map(member => ({
    ...member,
    model,
    operation,
    at: memberPath(member.path) + (member.isMapKey ? "'s keys" : ''),
  })),
);

const jsonTypes: Readonly<Record<string, string>> = {
  string: 'a String',
  integer: 'an Integer',
  long: 'an Integer',
  float: 'a Float',
  double: 'a Float',
  boolean: 'a Boolean',
};

/** How AWS's front end words a member of a wrong JSON type. */
function wrongType(type: string, value: unknown): string {
  if (Array.isArray(value)) return 'Start of list found where not expected';
  if (typeof value === 'object') return 'Start of structure or map found where not expected';
  const wanted = jsonTypes[type];
  const found = typeof value === 'boolean' ? String(value) : typeof value;
  return wanted ? `${found.toUpperCase()}_VALUE can not be converted to ${wanted}` : 'Unexpected field type';
}

function constraintText(broken: Broken): string {
  switch (broken.kind) {
    case 'required':
      return 'Member must not be null';
    case 'min':
    case 'max': {
      const measure = broken.of === 'value' ? 'value' : 'length';
      return `Member must have ${measure} ${broken.kind === 'min' ? 'greater' : 'less'} than or equal to ${broken.bound}`;
    }
    case 'pattern':
      return `Member must satisfy regular expression pattern: ${broken.source.replace('\u00a0', String.raw`\u00A0`).replace('\u3000', String.raw`\u3000`)}`;
    case 'enum':
      return `Member must satisfy enum value set: [${broken.values.join(', ')}]`;
    case 'oneMember':
      return `Member must have exactly one of [${broken.members.join(', ')}]`;
    case 'type':
      throw new TypeError('A wrong type is told in another way.');
  }
}

/** Members start in lower case; list items are `member`s, counted from 1. */
function memberPath(path: RequestMember['path']): string {
  return path
    .map(part => {
      if (typeof part === 'number') return `${part + 1}.member`;
      return typeof part === 'string' ? part.charAt(0).toLowerCase() + part.slice(1) : part.key;
    })
    .join('.');
}

function shown({ model, shape }: MemberCase, value: unknown): string {
  if (value === null || value === undefined) return " 'null'";
  return typeof value === 'object' || shapeModel(model, shape).sensitive
    ? ''
    : ` '${value as string | number}'`;
}

/** A member with its value, and what that breaks. */
export interface Found {
  readonly member: MemberCase;
  readonly value: unknown;
  readonly broken: readonly Broken[];
}

/** What AWS answers to members of one request, in the order of the model, or undefined where it accepts all. */
export function refusalOf(found: readonly Found[]) {
  const first = found.find(({ broken }) => broken.length > 0);
  if (!first) return undefined;
  for (const { member: each, value, broken } of found) {
    const [{ kind, of } = { kind: '', of: '' }] = broken as { kind: string; of: string }[];
    if (kind !== 'type') continue;
    const sent = each.member?.location === 'querystring' ? String(value) : value;
    return { status: 400, exception: 'SerializationException', message: wrongType(of, sent) };
  }
  const parts = found.flatMap(({ member: each, value, broken }) =>
    broken.map(constraint => {
      const text = constraintText(constraint);
      const said = each.isMapKey ? `Map keys must satisfy constraint: [${text}]` : text;
      return `Value${shown(each, value)} at '${memberPath(each.path)}' failed to satisfy constraint: ${said}`;
    }),
  );
  const count = parts.length === 1 ? '1 validation error' : `${parts.length} validation errors`;
  return {
    status: 400,
    exception: refusals[first.member.model.service],
    message: `${count} detected: ${parts.join('; ')}`,
  };
}

/** What the answer says of constraints: accepted members may yet name things that do not exist. */
export function refusalIn({ status, exception, message }: RawAnswer) {
  const isRefusal =
    status >= 500 || exception === 'SerializationException' || message.includes('validation error');
  return isRefusal ? { status, exception, message } : undefined;
}

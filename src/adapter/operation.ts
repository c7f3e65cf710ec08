/** The AWS operations that this gateway uses: what AWS's model and the service's table say of each, with its command. */
import type * as z from 'zod';
import type { AwsCommand } from '../aws/client.ts';
import {
  type OperationModel,
  requestModel,
  type ServiceModel,
  type ShapeModel,
  shapeModel,
} from '../aws/models/model.ts';
import { shapeOf } from '../aws/models/shapes.ts';
import type { ExceptionTable, Meaning } from './exceptions.ts';
import { apiNameOf } from './members.ts';
import { resourceMembers } from './reach.ts';

/**
 * What performing an operation does, and so whether it may be repeated after a lost answer.
 *
 * - `read`: nothing.
 * - `idempotentChange`: the same, however often it is performed.
 * - `repeatableChange`: AWS recognises a repeat by a token.
 * - `change`: a repeat is another change, or is refused.
 */
export type Effect = 'read' | 'idempotentChange' | 'repeatableChange' | 'change';

/** From the safest to repeat to the least safe. */
const effects: readonly Effect[] = ['read', 'idempotentChange', 'repeatableChange', 'change'];

/** What IAM has to allow. */
export interface IamPermission {
  /** What IAM calls it, such as `rekognition:CreateUser`. */
  readonly action: string;
  /** The ARNs of what it can be confined to, with what differs between accounts in braces; none stands for everything. */
  readonly resources: readonly string[];
  /** The part of its ARNs without which it is in no policy, since everything would be too much. */
  readonly onlyWith?: string;
}

/** The part of a service that its operations need. */
export interface ServiceFacts {
  /** As a sentence calls it: "Amazon Rekognition". */
  readonly name: string;
  /** The id of the provider that it belongs to. */
  readonly provider: string;
  readonly model: ServiceModel;
  /** What each of its exceptions means to this API. */
  readonly exceptions: ExceptionTable;
  /**
   * The operations that IAM can confine to resources, by the ARNs of these, as the Service Authorization Reference has
   * them; what differs between accounts is in braces. One that stands nowhere takes all resources, `*`.
   */
  readonly iamResources?: Readonly<Record<string, readonly string[]>> | undefined;
  /** What AWS asks for beside an operation's own permission, by the member of the request that makes it ask. */
  readonly iamOfMembers?: Readonly<Record<string, IamPermission>> | undefined;
  /** The gateway's settings that stand in for what inputs leave out, by the members of AWS's requests. */
  readonly defaults?: Readonly<Record<string, string>> | undefined;
  /** How many look-ups one GraphQL request may have under way, and how many items of batches beside them. */
  readonly parallelLookUps: number;
}

export interface AwsOperation<Request extends object = never, Response = unknown> {
  /** AWS's name, such as `CreateUser`. */
  readonly name: string;
  readonly service: ServiceFacts;
  readonly effect: Effect;
  /** The SDK's command for a request. */
  readonly commandFor: (request: Request) => AwsCommand<Response>;
  /** What the exceptions mean that AWS's model lists for it. */
  readonly meanings: readonly Meaning[];
  readonly request: ShapeModel;
  /** Absent where AWS answers with nothing. */
  readonly response: ShapeModel | undefined;
  /** The members of an input that become parts of the URL's path. */
  readonly inPath: readonly string[];
  /** The members of its request that say which resources it reaches. */
  readonly resourceMembers: readonly string[];
  /** Whether AWS takes an idempotency key for it. */
  readonly takesKey: boolean;
  /** The member that holds the key, in AWS's words. */
  readonly keyMember: string | undefined;
  /** The largest page, of an operation that lists. */
  readonly maxPageSize: number;
  /** What IAM has to allow: the operation itself, and what some members of its request ask for. */
  readonly permissions: readonly IamPermission[];
  /** What its request is checked against. */
  readonly shape: z.ZodType;
}

/**
 * Declares an operation of a service.
 *
 * @param effect What performing it does; a token in AWS's model makes a `change` repeatable by itself.
 */
export function awsOperation<Request extends object, Response>(
  service: ServiceFacts,
  command: new (request: Request) => AwsCommand<Response>,
  effect: Exclude<Effect, 'repeatableChange'>,
): AwsOperation<Request, Response> {
  const { model, exceptions, iamResources = {}, iamOfMembers = {} } = service;
  const blank = new command({} as Request);
  const name = operationName(blank);
  checkEffect(name, effect);
  const { name: shapeName, shape: request } = requestModel(model, name);
  const { output, errors = [] }: Partial<OperationModel> = model.operations[name] ?? {};
  const members = Object.entries(request.members ?? {});
  const keyMember = members.find(([, { idempotencyToken }]) => idempotencyToken)?.[0];
  const takesKey = keyMember !== undefined;
  return {
    name,
    service,
    effect: effect === 'change' && takesKey ? 'repeatableChange' : effect,
    // The SDK's constructor would make a middleware stack for each, which nothing here uses.
    commandFor: input => Object.assign(Object.create(blank) as AwsCommand<Response>, { input }),
    meanings: errors.map(error => exceptions[error] ?? 'failure'),
    request,
    response: output == null ? undefined : shapeModel(model, output),
    inPath: members.filter(([, { location }]) => location === 'uri').map(([member]) => apiNameOf(member)),
    resourceMembers: resourceMembers(members.map(([member]) => member)),
    takesKey,
    keyMember,
    maxPageSize: shapeModelOf(model, request, 'MaxResults')?.max ?? 1,
    permissions: [
      {
        action: `${model.signingName}:${name}`,
        resources: Object.keys(iamResources).filter(arn => iamResources[arn]?.includes(name)),
      },
      ...members.flatMap(([member]) => iamOfMembers[member] ?? []),
    ],
    get shape() {
      return shapeOf(model, shapeName);
    },
  };
}

/** How AWS calls what only reads. Whatever else it has is taken for a change, until it stands here. */
const readingVerbs = /^(?:Check|Compare|Describe|Detect|Get|Is|List|Recognize|Search)(?=[A-Z])/;

/** A change that is declared to be none would be sent again, and its mutation believe what was read before. */
function checkEffect(name: string, effect: Effect): void {
  if (readingVerbs.test(name) === (effect === 'read')) return;
  const rest =
    effect === 'read'
      ? 'and by its name it changes something, unless `readingVerbs` in src/adapter/operation.ts has its first word'
      : 'and by its name it only reads';
  throw new TypeError(`The operation ${name} is declared as "${effect}", ${rest}.`);
}

/** How safe it is to repeat several operations: as safe as the least safe of them. */
export function effectOf(operations: readonly AwsOperation[]): Effect {
  return effects[Math.max(0, ...operations.map(({ effect }) => effects.indexOf(effect)))] ?? 'read';
}

function shapeModelOf(model: ServiceModel, { members }: ShapeModel, member: string): ShapeModel | undefined {
  const found = members?.[member];
  return found && shapeModel(model, found.shape);
}

/** A command knows its operation by the SDK's schema of it: a bundler may rename the class. */
function operationName(command: object): string {
  const { schema } = command as { readonly schema: readonly unknown[] };
  return String(schema[2]);
}

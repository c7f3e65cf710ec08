/** What of a provider a call to AWS reaches, for callers that are limited to some of it. */
import type { Principal } from '../auth/principal.ts';
import { AccessDeniedError } from '../errors.ts';
import type { AwsOperation } from './operation.ts';

/** What a member of AWS's requests names. */
interface Kind {
  /** What patterns have before the name. */
  readonly prefix: string;
  /** The member that names what it is in: whoever may reach that, may reach all in it. */
  readonly within?: string;
}

const group: Kind = { prefix: 'group/', within: 'IdentityStoreId' };

/** The members of AWS's requests that name what calls are limited to. Those that hold ARNs need not stand here. */
const kinds: Readonly<Record<string, Kind>> = {
  AccountId: { prefix: 'account/' },
  CollectionId: { prefix: 'collection/' },
  GroupId: group,
  GroupIds: group,
  IdentityStoreId: { prefix: '' },
};

/** Such as `ResourceArn`, `AppInstanceUserArn` and `ResourceARN`. */
const holdsArn = /A(?:rn|RN)s?$/;

/** Those members of a request that name what it reaches. */
export function resourceMembers(members: readonly string[]): readonly string[] {
  return members.filter(member => Object.hasOwn(kinds, member) || holdsArn.test(member));
}

type Limited = Pick<AwsOperation, 'name' | 'service' | 'resourceMembers'>;

type Request = Readonly<Record<string, unknown>>;

/**
 * Lets a request pass that stays within the caller's bounds.
 *
 * @throws AccessDeniedError when it does not, and when nothing in it limits what it reaches.
 */
export function checkReach(principal: Principal, operation: Limited, request: object): void {
  if (!principal.isBounded) return;
  const { provider } = operation.service;
  const resources = resourcesOf(operation, request as Request);
  if (resources.length === 0) {
    if (principal.reaches({ provider })) return;
    const message = `The caller is limited to some resources, and AWS's ${operation.name} cannot be limited to them.`;
    throw new AccessDeniedError({ message });
  }
  for (const parts of resources) {
    if (principal.reaches({ provider, parts })) continue;
    throw new AccessDeniedError({
      message: `The caller is limited to some resources, of which ${provider}:${parts.at(-1)} is none.`,
    });
  }
}

/**
 * Lets work on many things go on if what all of it has in common is within the caller's bounds. Where each thing names what it
 * reaches in that, some of it has to be.
 *
 * @throws AccessDeniedError when it is not, and when nothing in it limits what it reaches.
 */
export function checkCommonReach(principal: Principal, operation: Limited, common: object): void {
  const within = operation.resourceMembers.map(member => kinds[member]?.within);
  const [parts] = resourcesOf(operation, common as Request);
  const isDivided = within.some(member => member !== undefined && Object.hasOwn(common, member));
  if (isDivided && parts && principal.reachesInto({ provider: operation.service.provider, parts })) return;
  checkReach(principal, operation, common);
}

/** Each thing that a request reaches, as a path of what it is in, from the widest to itself. */
export function resourcesOf(
  { service, resourceMembers: members }: Limited,
  request: Request,
): readonly string[][] {
  const { signingName } = service.model;
  const given = members.filter(member => namesIn(request, member).length > 0);
  // The store of a group says where the group is, and not that the whole store is reached.
  const around = new Set(given.map(member => kinds[member]?.within));
  return given
    .filter(member => !around.has(member))
    .flatMap(member => namesIn(request, member).map(name => pathOf(member, name, request, signingName)));
}

function pathOf(member: string, name: string, request: Request, signingName: string): string[] {
  const kind = kinds[member];
  if (!kind) return pathOfArn(name, signingName);
  const { prefix, within } = kind;
  const above = within === undefined ? [] : namesIn(request, within);
  return [...above, [...above, `${prefix}${name}`].join('/')];
}

/**
 * The resource of an ARN, which has its kind before each name: `app-instance/1/user/2` is in `app-instance/1`. What is
 * no ARN of the service is nothing that it has.
 */
function pathOfArn(arn: string, signingName: string): string[] {
  const [, service, resource = ''] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/s.exec(arn) ?? [];
  if (service !== signingName) return [arn];
  const parts = resource.split('/');
  return parts.flatMap((_part, index) => {
    const isName = index % 2 === 1 || index === parts.length - 1;
    return isName ? [parts.slice(0, index + 1).join('/')] : [];
  });
}

/** What a request has in a member: one name, or a list of them. */
function namesIn(request: Request, member: string): readonly string[] {
  const value = request[member];
  return value == null ? [] : [value].flat().map(String);
}

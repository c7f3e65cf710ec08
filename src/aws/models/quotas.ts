/**
 * How many requests a second AWS takes by default, as its documentation states it ("Service Quotas"), and the texts in
 * which other numbers are given. The gateway keeps to them, and local AWS enforces them when asked to.
 */
import chime from './chime.json' with { type: 'json' };
import chimeSdkIdentity from './chime-sdk-identity.json' with { type: 'json' };
import identitystore from './identitystore.json' with { type: 'json' };
import type { ServiceModel } from './model.ts';
import rekognition from './rekognition.json' with { type: 'json' };

interface QuotaFacts<Operation extends string = string> {
  /** Whether AWS counts each operation by itself, or those of the service together. */
  readonly counts: 'each' | 'together';
  /** Requests a second; absent where AWS states no number. */
  readonly perSecond?: number;
  /** Operations with another number, which are counted by themselves. */
  readonly except?: Readonly<Partial<Record<Operation, number>>>;
}

/** The quotas of a service, which say by what each of its operations is counted. */
export interface ServiceQuotas extends QuotaFacts {
  /** AWS's name of the service. */
  readonly service: string;
  /** All that its model has. */
  readonly operations: readonly string[];
}

/** What counts requests, and how many it lets through in a second. */
export interface Quota {
  /** `identitystore`, or `rekognition:CreateUser`. */
  readonly name: string;
  readonly perSecond: number;
}

function quotasOf<Model extends ServiceModel>(
  model: Model,
  facts: QuotaFacts<keyof Model['operations'] & string>,
): ServiceQuotas {
  return { ...(facts as QuotaFacts), service: model.service, operations: Object.keys(model.operations) };
}

/** AWS's defaults, by its own names of the services. */
export const awsQuotas = {
  // All operations of an account's Identity Store share them.
  identitystore: quotasOf(identitystore, { counts: 'together', perSecond: 20 }),
  rekognition: quotasOf(rekognition, {
    counts: 'each',
    perSecond: 5,
    except: { ListTagsForResource: 10, TagResource: 10, UntagResource: 10 },
  }),
  // AWS states none for accounts and users; it throttles all the same.
  chime: quotasOf(chime, { counts: 'together' }),
  // Those of users are of each app instance, and taken here for all of them. Operations without a number of their own
  // share that of the account.
  chimeSdkIdentity: quotasOf(chimeSdkIdentity, {
    counts: 'together',
    perSecond: 50,
    except: {
      CreateAppInstance: 5,
      UpdateAppInstance: 5,
      DeleteAppInstance: 5,
      DescribeAppInstance: 20,
      ListAppInstances: 10,
      CreateAppInstanceUser: 10,
      UpdateAppInstanceUser: 10,
      DeleteAppInstanceUser: 10,
      DescribeAppInstanceUser: 20,
      ListAppInstanceUsers: 10,
    },
  }),
};

const services = new Map(Object.values(awsQuotas).map(quotas => [quotas.service, quotas]));

/** More than any quota of AWS, and little enough for the memory of what was sent within a second. */
const MAX_PER_SECOND = 100_000;

/** Which quotas hold. */
export class Quotas {
  readonly #aws: boolean;
  readonly #given: ReadonlyMap<string, number | undefined>;

  /**
   * @param aws Whether AWS's own hold where nothing is given.
   * @param given Requests a second by names of services and operations; undefined is no limit.
   */
  constructor(aws: boolean, given: ReadonlyMap<string, number | undefined> = new Map()) {
    this.#aws = aws;
    this.#given = given;
  }

  /** The quota that requests for an operation are counted by, if there is one. */
  of({ service, counts, perSecond, except }: ServiceQuotas, operation: string): Quota | undefined {
    const own = `${service}:${operation}`;
    const exception = except?.[operation];
    if (this.#given.has(own)) return quota(own, this.#given.get(own));
    const name = counts === 'each' ? own : service;
    if (this.#given.has(service)) return quota(name, this.#given.get(service));
    if (!this.#aws) return undefined;
    return exception === undefined ? quota(name, perSecond) : quota(own, exception);
  }
}

function quota(name: string, perSecond: number | undefined): Quota | undefined {
  return perSecond === undefined ? undefined : { name, perSecond };
}

/** What a list of quotas may hold, for the messages of those who read one. */
export const quotasType = `a list, separated by commas, of: aws (its defaults) or off (none) for what is not named; a service (${[...services.keys()].join(', ')}) or an operation (rekognition:CreateUser) with =, and its requests a second, at most ${MAX_PER_SECOND}, or off`;

/**
 * Reads such a list, or gives undefined if it is none.
 *
 * @param aws Whether AWS's defaults hold where the list does not say.
 */
export function readQuotas(list: string, aws: boolean): Quotas | undefined {
  const given = new Map<string, number | undefined>();
  let isAws = aws;
  for (const item of list.split(',').map(part => part.trim())) {
    if (item === 'aws' || item === 'off') {
      isAws = item === 'aws';
      continue;
    }
    const [, service = '', operation, number] =
      /^([a-z-]+)(?::([A-Za-z]+))?=(off|\d{1,6}(?:\.\d{1,3})?)$/.exec(item) ?? [];
    const known = services.get(service);
    const perSecond = Number(number);
    const isNumber = perSecond > 0 && perSecond <= MAX_PER_SECOND;
    if (!known || (operation && !known.operations.includes(operation))) return undefined;
    if (number !== 'off' && !isNumber) return undefined;
    given.set(operation ? `${service}:${operation}` : service, isNumber ? perSecond : undefined);
  }
  return new Quotas(isAws, given);
}

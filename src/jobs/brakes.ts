/** What bulk jobs must not change, and how much they may delete unasked. */
import { AccessDeniedError } from '../errors.ts';

export interface BrakesConfig {
  /** Patterns of users that no job changes or deletes: texts in which `*` stands for anything. */
  readonly protectedUsers: readonly string[];
  /** Patterns of groups whose memberships no job changes, and whose members no job deletes. */
  readonly protectedGroups: readonly string[];
  /** How many of a hundred users may be deleted without confirmation. */
  readonly deletionPercent: number;
}

/** How many things a job would change. */
export interface Going {
  /** All of them, with those that it has changed before. */
  readonly total: number;
  readonly done: number;
}

/** What would be deleted, and of what. */
export interface Deletion {
  readonly going: Going;
  /** How many the caller says that will go; null if it did not say. */
  readonly confirmed: number | null;
  /** Of what: "the identity store d-1234567890". */
  readonly of: string;
  /** Counts its users, as far as that matters. */
  readonly countUpTo: (enough: number) => Promise<number>;
}

export class Brakes {
  readonly #config: BrakesConfig;
  readonly #users: readonly RegExp[];
  readonly #groups: readonly RegExp[];

  constructor(config: BrakesConfig) {
    this.#config = config;
    this.#users = config.protectedUsers.map(expressionOf);
    this.#groups = config.protectedGroups.map(expressionOf);
  }

  /** Whether some users are protected, so that their names matter. */
  get protectUsers(): boolean {
    return this.#users.length > 0;
  }

  /** Whether some groups are protected, so that their names matter. */
  get protectGroups(): boolean {
    return this.#groups.length > 0;
  }

  /**
   * Lets those users pass that are not protected.
   *
   * @param names What the user is known by: its id, its name.
   * @throws AccessDeniedError
   */
  checkUser(...names: readonly (string | null | undefined)[]): void {
    if (!isNamed(this.#users, names)) return;
    throw new AccessDeniedError({
      message: 'The user is protected by PROTECTED_USERS: bulk jobs leave it as it is.',
    });
  }

  /**
   * The same for groups.
   *
   * @param which Says which group, of a row that may name several.
   * @throws AccessDeniedError
   */
  checkGroup(names: readonly (string | null | undefined)[], which = 'The group'): void {
    if (!isNamed(this.#groups, names)) return;
    throw new AccessDeniedError({
      message: `${which} is protected by PROTECTED_GROUPS: bulk jobs leave its members as they are.`,
    });
  }

  /**
   * Says why so many users must not be deleted, with the number that would have another job delete them; undefined if they
   * may. What the job has deleted before counts as part of what was confirmed, and of the share.
   */
  async onDeletion({
    going: { total, done },
    confirmed,
    of,
    countUpTo,
  }: Deletion): Promise<string | undefined> {
    const left = total - done;
    const end = `${done === 0 ? 'Nothing was deleted.' : 'None was deleted now.'} Ask for another job, with confirmDeletions: ${left}, to have ${left === 1 ? 'it' : 'them'} deleted.`;
    if (confirmed !== null) {
      if (confirmed === total) return undefined;
      const before = done === 0 ? '' : `, of which the job has deleted ${done} before`;
      return `${users(left)} of ${of} would be deleted, and confirmDeletions says ${confirmed}${before}. ${end}`;
    }
    const { deletionPercent: percent } = this.#config;
    if (percent >= 100) return undefined;
    const enough = percent === 0 ? Number.POSITIVE_INFINITY : Math.ceil((total * 100) / percent);
    const size = done + (await countUpTo(enough - done));
    if (size >= enough) return undefined;
    const share = Math.round((total * 1_000) / Math.max(size, total)) / 10;
    const which =
      done === 0
        ? `${left} of ${users(size)} of ${of} would be deleted, which is ${share} %`
        : `${left} of ${users(size - done)} of ${of} would be deleted, which with the ${done} that the job has deleted before is ${share} % of ${size}`;
    return `${which}; more than ${percent} % are deleted only if confirmDeletions repeats the number. ${end}`;
  }
}

function users(count: number): string {
  return count === 1 ? '1 user' : `${count} users`;
}

function isNamed(patterns: readonly RegExp[], names: readonly (string | null | undefined)[]): boolean {
  return names.some(name => name != null && patterns.some(pattern => pattern.test(name)));
}

/** Names are compared without regard to case, as the Identity Store does. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.split('*').map(part => RegExp.escape(part));
  return new RegExp(`^${parts.join('.*')}$`, 'isu');
}

import type { OperationGuard } from './guard.ts';

/** More than any input has, and than anybody keeps in one object of the free-form JSON in it. */
const MAXIMUM = 1_000;

/**
 * A guard of how many members one object in the variables has. GraphQL tells of up to 50 members that an input does not
 * know, each time with the whole object: of 60,000 members, that took 4 seconds.
 */
export const variableMembers: OperationGuard = {
  name: 'the members of objects in the variables',
  check({ variables }) {
    const actual = mostMembers(variables);
    if (actual <= MAXIMUM) return undefined;
    return {
      status: 400,
      code: 'OPERATION_TOO_LARGE',
      message: `The variables are too large: one of their objects has ${actual} members, and may have ${MAXIMUM}.`,
      facts: { limit: 'variableMembers', maximum: MAXIMUM, actual },
    };
  },
};

/** The most that one object has. It keeps its own list of what is to be looked at, since JSON may be nested to any depth here. */
function mostMembers(variables: unknown): number {
  const open: unknown[] = [variables];
  let most = 0;
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) open.push(item);
      continue;
    }
    const members = Object.values(value);
    most = Math.max(most, members.length);
    for (const member of members) if (typeof member === 'object') open.push(member);
  }
  return most;
}

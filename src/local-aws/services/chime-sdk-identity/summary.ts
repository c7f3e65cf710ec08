import type { StoredUser } from './state.ts';

/** What lists tell of each thing beside its ARN. */
export function summary({ Name, Metadata }: Pick<StoredUser, 'Name' | 'Metadata'>) {
  return { ...(Name !== undefined && { Name }), ...(Metadata !== undefined && { Metadata }) };
}

/** The largest page, and the one of requests that ask for none. */
export const pageSize = 50;

import type { License } from '@aws-sdk/client-chime';
import { badRequest } from './exceptions.ts';
import type { StoredAccount } from './state.ts';

/** A licence that the users of an account may have, or Chime's refusal. */
export function supported({ SupportedLicenses = [] }: StoredAccount, license: License): License {
  if (!SupportedLicenses.includes(license)) throw badRequest();
  return license;
}

/** Why tokens are not taken, in words that hold nothing of them. */
import { errors } from 'jose';

/** A token that is well signed, and yet not taken. */
export class Untrusted extends Error {
  override readonly name = 'Untrusted';
}

const byCode: Readonly<Record<string, string>> = {
  [errors.JWTExpired.code]: 'The token has expired.',
  [errors.JOSEAlgNotAllowed.code]: 'The token is signed with an algorithm that is not taken here.',
  [errors.JWSSignatureVerificationFailed.code]: 'The signature of the token is wrong.',
  [errors.JWKSNoMatchingKey.code]: 'The token is signed with a key that its issuer does not have.',
  [errors.JWKSMultipleMatchingKeys.code]: 'The token does not say with which key it is signed.',
};

const byClaim: Readonly<Record<string, string>> = {
  iss: 'The token is of another issuer.',
  aud: 'The token is for another audience.',
  exp: 'The token does not say when it expires.',
  nbf: 'The token is not valid yet.',
};

/** The reason for an error of the verification; whatever it is, the token is not taken. */
export function reasonOf(error: unknown): string {
  if (error instanceof Untrusted) return error.message;
  if (error instanceof errors.JWTClaimValidationFailed) return byClaim[error.claim] ?? unreadable;
  return (error instanceof errors.JOSEError && byCode[error.code]) || unreadable;
}

/** The reason for a code of jose's. */
export function reasonOfCode(code: string): string {
  return byCode[code] ?? unreadable;
}

/** Whether a token stays bad as long as the issuer's keys are the same. */
export function isFinal(error: unknown): boolean {
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim !== 'nbf';
  return !(error instanceof errors.JWKSNoMatchingKey);
}

const unreadable = 'The token is not a JSON Web Token that can be verified here.';

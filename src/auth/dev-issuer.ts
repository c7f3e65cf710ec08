/** The issuer of tokens to try with: a pair of keys in a folder, of which only this machine's gateway knows. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

export const devIssuer = {
  issuer: 'urn:vestibule:dev-issuer',
  audience: 'vestibule',
  algorithm: 'ES256',
  typ: 'at+jwt',
} as const;

const FOLDER = '.dev-issuer';
const FILE = join(FOLDER, 'private-key.json');

/** Its public key, as the text of a JSON Web Key Set. */
export async function devKeys(): Promise<string> {
  const { d: _private, ...key } = await privateKey();
  return JSON.stringify({ keys: [key] });
}

/** A token of it. */
export async function devToken(claims: Readonly<Record<string, unknown>>, hours: number): Promise<string> {
  const { issuer, audience, algorithm, typ } = devIssuer;
  const key = await privateKey();
  return new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, typ, kid: key.kid ?? '' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${hours}h`)
    .sign(await importJWK(key, algorithm));
}

/** The key in the folder, which is made when it is first needed. */
async function privateKey(): Promise<JWK> {
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  try {
    // Whoever comes second finds the file there.
    await writeFile(FILE, JSON.stringify(await newKey()), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return JSON.parse(await readFile(FILE, 'utf8')) as JWK;
}

async function newKey(): Promise<JWK> {
  const { algorithm } = devIssuer;
  const { privateKey: key } = await generateKeyPair(algorithm, { extractable: true });
  return { ...(await exportJWK(key)), kid: crypto.randomUUID(), alg: algorithm, use: 'sig' };
}

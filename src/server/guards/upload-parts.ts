/**
 * Requests with files, as the GraphQL multipart request specification has them: a part `operations`, which is the usual JSON
 * request with null in place of each file, a part `map`, which says where each file belongs, and the files.
 * https://github.com/jaydenseric/graphql-multipart-request-spec
 */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { readBounded, TooMuchJson } from '../../json/bounded-reading.ts';
import type { JsonExcess } from '../../json/bounds.ts';
import { DoubledName } from '../../json/exact-reading.ts';
import { LIGHT_BYTES } from '../../turns.ts';
import { contentTypeOf } from '../request/content-type.ts';
import { isObject, type SentParameters } from '../request/sent-parameters.ts';
import type { ServerLimits } from '../server-limits.ts';

type UploadLimits = Pick<ServerLimits, 'maxBodyBytes' | 'maxUploadBytes' | 'maxUploadFiles'>;

/** Why a request with files is none, for the guard that refuses it. */
export type UploadFlaw =
  | { readonly tooLarge: keyof UploadLimits }
  | { readonly excess: JsonExcess }
  | { readonly doubled: DoubledName }
  | { readonly words: string };

/** A request with files that was read. */
export interface Upload {
  readonly flaw?: UploadFlaw;
  /** The usual request, as it was sent. */
  readonly operations: Buffer;
  /** What it says, with the name of its part in place of each file. */
  readonly parameters: SentParameters;
  /** The files, by the names of their parts. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Whether a request comes as a form, as those with files do. */
export function isForm({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return contentTypeOf(headers).type === 'multipart/form-data';
}

/** How large a map may be: names and paths of a few files. */
const MAX_MAP_BYTES = 65_536;

/** "operations" and "map". */
const FIELDS = 2;

class Flawed extends Error {
  readonly flaw: UploadFlaw;

  constructor(flaw: UploadFlaw) {
    super('The upload has a flaw.');
    this.flaw = flaw;
  }
}

const flawed = (words: string) => new Flawed({ words });

/** Reads the parts of a body. */
export async function readUpload(
  body: Buffer,
  headers: IncomingMessage['headers'],
  limits: UploadLimits,
): Promise<Upload> {
  try {
    if (body.length > limits.maxUploadBytes) throw new Flawed({ tooLarge: 'maxUploadBytes' });
    const { fields, files } = await partsOf(body, headers, limits);
    const operations = partIn('operations', fields, body);
    const parameters = objectIn('operations', operations);
    const map = partIn('map', fields, body);
    for (const [name, paths] of Object.entries(objectIn('map', map))) {
      if (!files.has(name)) throw flawed(`has no file "${name}", which its "map" names.`);
      if (!Array.isArray(paths)) throw flawed('has something else than lists of paths in its "map".');
      for (const path of paths) put(parameters, String(path), name);
    }
    return { operations, parameters, files };
  } catch (error) {
    if (!(error instanceof Flawed)) throw error;
    return { flaw: error.flaw, operations: Buffer.alloc(0), parameters: {}, files: new Map() };
  }
}

interface Parts {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Buffer>;
}

function partsOf(body: Buffer, headers: IncomingMessage['headers'], limits: UploadLimits): Promise<Parts> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    const files = new Map<string, Buffer>();
    let isRefused = false;
    const refuse = (flaw: Flawed) => {
      isRefused = true;
      reject(flaw);
    };
    const unreadable = () => refuse(flawed('is no form that can be read.'));
    const superfluous = () => refuse(flawed('has other parts than "operations", "map" and files.'));
    let parser: BusboyInstance;
    try {
      parser = new Busboy({
        headers: headers as BusboyHeaders,
        limits: {
          fields: FIELDS,
          fieldSize: limits.maxBodyBytes,
          files: limits.maxUploadFiles,
          parts: FIELDS + limits.maxUploadFiles + 1,
          headerPairs: 20,
          headerSize: 4_096,
        },
      });
    } catch {
      unreadable();
      return;
    }
    parser.on('field', (name, value, _nameIsCut, isCut) => {
      if (isCut) refuse(new Flawed({ tooLarge: 'maxBodyBytes' }));
      fields.set(name, value);
    });
    parser.on('file', (name, file) => {
      const chunks: Buffer[] = [];
      file.on('data', (chunk: Buffer) => chunks.push(chunk));
      file.on('error', unreadable);
      file.on('end', () => files.set(name, Buffer.concat(chunks)));
    });
    parser.on('filesLimit', () => refuse(new Flawed({ tooLarge: 'maxUploadFiles' })));
    parser.on('fieldsLimit', superfluous);
    parser.on('partsLimit', superfluous);
    parser.on('error', unreadable);
    parser.on('finish', () => resolve({ fields, files }));
    Readable.from(pieces()).pipe(parser);

    /** No more of it, once something is wrong: the parser would go on, and make objects of each part, of which millions may come. */
    function* pieces(): Generator<Buffer> {
      for (let at = 0; at < body.length; at += LIGHT_BYTES) {
        if (isRefused) return;
        yield body.subarray(at, at + LIGHT_BYTES);
      }
    }
  });
}

type Json = Record<string, unknown>;

type JsonPart = 'operations' | 'map';

/** The bytes of a part; what is no UTF-8 was replaced when it was decoded, and is not in the body any more. */
function partIn(name: JsonPart, fields: Parts['fields'], body: Buffer): Buffer {
  const text = fields.get(name);
  if (text === undefined) throw flawed(`has no part "${name}".`);
  if (name === 'map' && text.length > MAX_MAP_BYTES) {
    throw flawed(`has a "map" of more than ${MAX_MAP_BYTES} bytes.`);
  }
  const bytes = Buffer.from(text);
  if (text.includes('\ufffd') && !body.includes(bytes)) {
    throw flawed(`has a part "${name}" that is not valid UTF-8.`);
  }
  return bytes;
}

function objectIn(name: JsonPart, part: Buffer): Json {
  try {
    const value = readBounded(part);
    if (isObject(value)) return value;
  } catch (error) {
    if (error instanceof TooMuchJson) throw new Flawed({ excess: error.excess });
    if (error instanceof DoubledName) throw new Flawed({ doubled: error });
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw flawed(`has a part "${name}" that is no JSON object.`);
}

/** Puts the name of a file where the map says that it belongs: `variables.input.image.upload`. */
function put(operations: Json, path: string, name: string): void {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  let place: unknown = operations;
  for (const part of parts) place = heldBy(place, part);
  if (parts[0] !== 'variables' || heldBy(place, last) !== null) {
    throw flawed(
      `has a "map" that leads to "${path}", where its "operations" have no null among the variables.`,
    );
  }
  (place as Json)[last] = name;
}

/** What an object or a list has of its own. */
function heldBy(place: unknown, name: string): unknown {
  if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return undefined;
  return (place as Json)[name];
}

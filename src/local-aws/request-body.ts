import type { IncomingMessage } from 'node:http';

/** More than any request of the supported operations can need: the largest is an image of 5 MB in Base64. */
const maxBytes = 8 * 1024 * 1024;

/** The whole body, or undefined when it is too large; the rest is then read and thrown away. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    request.resume();
    return undefined;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  return await new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The client closed the connection')));
  });
}

/** What counts as not sent: whatever fails before a connection is made that the request could be handed to. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { CreateUserCommand } from '@aws-sdk/client-rekognition';
import { HttpRequest } from '@smithy/core/protocols';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { AwsFailure } from '../../src/aws/failure.ts';
import { type Progress, Transport } from '../../src/aws/transport.ts';
import { clientOf } from '../support/aws-client.ts';

const HOST = '127.0.0.1';

let folder: string;
let identity: { key: Buffer; cert: Buffer };
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const options = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert];
  const subject = ['-subj', '/CN=localhost', '-addext', `subjectAltName=IP:${HOST}`, '-days', '1'];
  execFileSync('openssl', [...options, ...subject], { stdio: 'ignore' });
  identity = { key: readFileSync(key), cert: readFileSync(cert) };
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Listens until the test is over, and counts the connections. */
async function listening(server: Server) {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

async function failureOf(endpoint: string): Promise<AwsFailure> {
  const client = clientOf(endpoint, { maxAttempts: 1 });
  const command = new CreateUserCommand({ CollectionId: 'employees', UserId: 'ada' });
  const failure = await client.send(command, { repeatable: false }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AwsFailure);
  return failure as AwsFailure;
}

const servers: readonly (readonly [string, () => Server, string])[] = [
  ['a certificate that nobody trusts', () => createTlsServer(identity), 'insecure'],
  ['no TLS, but HTTP', () => createHttpServer(), 'insecure'],
  ['no TLS, but something else', () => createServer(socket => void socket.end('hello\n')), 'insecure'],
  ['only outdated TLS', () => createTlsServer({ ...identity, ...outdated }), 'insecure'],
  [
    'a reset during the handshake',
    () => createServer(socket => void socket.once('data', () => socket.resetAndDestroy())),
    'unreachable',
  ],
  [
    'an end during the handshake',
    () => createServer(socket => void socket.once('data', () => socket.end())),
    'unreachable',
  ],
];

const outdated = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

describe('A request is not sent', () => {
  test.each(servers)('where https meets %s', async (_case, create, kind) => {
    const { port, sockets } = await listening(create());
    expect(await failureOf(`https://${HOST}:${port}`)).toMatchObject({
      kind,
      host: HOST,
      outcomeUnknown: false,
    });
    expect(sockets).toHaveLength(1);
  });

  test('where nobody listens', async () => {
    const server = createServer();
    const { port } = await listening(server);
    await new Promise(resolve => server.close(resolve));
    const failure = await failureOf(`http://${HOST}:${port}`);
    expect(failure).toMatchObject({
      kind: 'unreachable',
      cause: { code: 'ECONNREFUSED' },
      outcomeUnknown: false,
    });
  });

  test('where no name is known', async () => {
    const failure = await failureOf('http://nowhere.invalid');
    expect(failure).toMatchObject({ kind: 'unreachable', outcomeUnknown: false });
  });

  test.each([
    ['of another protocol', 'ftp://127.0.0.1'],
    ['without its protocol', 'localhost:4566'],
  ])('to an address %s', async (_case, endpoint) => {
    expect(await failureOf(endpoint)).toMatchObject({ kind: 'wrongEndpoint', outcomeUnknown: false });
  });

  test('to what is no address', async () => {
    const failure = await failureOf('localhost');
    expect(failure).toMatchObject({ kind: 'wrongEndpoint', outcomeUnknown: false });
  });

  test('when the connection takes longer than a connection may', async () => {
    const { port } = await listening(createServer());
    expect(await failureOf(`https://${HOST}:${port}`)).toMatchObject({
      kind: 'unreachable',
      cause: { name: 'TimeoutError', code: 'UND_ERR_CONNECT_TIMEOUT' },
      outcomeUnknown: false,
    });
  });

  test('when the connection takes longer than the whole attempt may, and not later either', async () => {
    const received: string[] = [];
    const server = createHttpServer((request, response) => {
      received.push(request.url ?? '');
      response.end();
    });
    const connection = once(server, 'connection');
    const { port } = await listening(server);
    const transport = new Transport({ timeoutMs: 1 });
    onTestFinished(() => transport.destroy());
    // The name is looked up in turns of the event loop that come after the time is over.
    const target = { protocol: 'http:', hostname: 'localhost', port, method: 'POST', path: '/', body: '{}' };
    const progress: Progress = {};
    const answer = transport.handle(new HttpRequest(target), progress);
    const until = performance.now() + 20;
    while (performance.now() < until);
    await expect(answer).rejects.toMatchObject({
      name: 'TimeoutError',
      code: 'ETIMEDOUT',
      message: 'There was no answer within 1 ms.',
    });
    expect(progress).toEqual({ handedOver: false });
    const [socket] = (await connection) as [Socket];
    await once(socket, 'close');
    expect(received).toEqual([]);
  });
});

describe('A request counts as sent', () => {
  test('when http meets TLS, for who knows what listens there', async () => {
    const { port } = await listening(createTlsServer(identity));
    expect(await failureOf(`http://${HOST}:${port}`)).toMatchObject({
      kind: 'disconnected',
      outcomeUnknown: true,
    });
  });
});

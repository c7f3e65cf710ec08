/**
 * The embedded PostgreSQL: a server of its own in a folder. It outlives a gateway that is killed, and gateways on the same
 * folder share it.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client, type ClientConfig } from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { DatabaseError } from './database-error.ts';
import { HOME, SECRET } from './place.ts';
import { type RunAs, unprivileged } from './unprivileged.ts';

/** A server that runs in a folder. */
export interface EmbeddedServer {
  /** How to connect to it. */
  readonly connection: Connection;
  /** Made up with the server, and as secret as its password: for hashes that nobody else can make. */
  readonly secret: string;
  /** Stops it, unless somebody is connected; the caller's own connections must be closed before. */
  stop(): Promise<void>;
}

type Connection = Readonly<Required<Pick<ClientConfig, 'host' | 'port' | 'user' | 'database'>>> & {
  readonly password: string;
};

/** What else is in it: PostgreSQL's files, the password of its only user, what the server has to say. */
const CLUSTER = 'cluster';
const PASSWORD = 'password';
const LOG = 'server.log';

const USER = 'vestibule';

/** How long a start may take, and the pause between looks for a server that another gateway starts just now. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;

/** How long connections that end may take to be gone. */
const ENDING_MS = 1_000;

const run = promisify(execFile);

/**
 * Starts the server of a folder, or finds it running.
 *
 * @throws DatabaseError when there is none for this platform, or it does not start.
 */
export async function openEmbedded(folder: string): Promise<EmbeddedServer> {
  const home = path.resolve(folder, HOME);
  const connection = (await running(home)) ?? (await started(home));
  const secret = await readFile(path.join(home, SECRET), 'utf8');
  return { connection, secret, stop: () => stopUnlessShared(home, connection) };
}

/** The server that runs in a folder, if it lets us in. */
async function running(home: string): Promise<Connection | undefined> {
  const [port, password] = await Promise.all([portOf(home), readIfThere(path.join(home, PASSWORD))]);
  if (port === undefined || password === undefined) return undefined;
  const connection = { host: '127.0.0.1', port, user: USER, password, database: 'postgres' };
  try {
    await withClient(connection, async () => undefined);
    return connection;
  } catch {
    return undefined;
  }
}

async function withClient<Result>(
  connection: Connection,
  act: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client(connection);
  // Without a listener, a connection that breaks would end the process; what waits for an answer is told anyway.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** The port that the server wrote down: https://www.postgresql.org/docs/18/storage-file-layout.html */
async function portOf(home: string): Promise<number | undefined> {
  const lines = (await readIfThere(path.join(home, CLUSTER, 'postmaster.pid')))?.split('\n');
  const port = Number(lines?.[3]);
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

async function started(home: string): Promise<Connection> {
  const as = await unprivileged();
  const binaries = await findBinaries(as);
  if (!(await isThere(home))) await make(home, binaries, as);
  const deadline = performance.now() + PATIENCE_MS;
  let failure: unknown;
  do {
    try {
      await start(home, binaries, as);
    } catch (error) {
      // Of several gateways that start it at a time, one wins; the others find that one's server.
      failure = error;
    }
    const connection = await running(home);
    if (connection) return connection;
    await setTimeout(PAUSE_MS);
  } while (performance.now() < deadline);
  throw new DatabaseError(`The embedded PostgreSQL does not start; ${path.join(home, LOG)} tells why.`, {
    cause: failure,
  });
}

async function start(home: string, { pg_ctl }: Binaries, as: RunAs): Promise<void> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: await freePort(),
    // No other way in: the folder may be too deep for the path of a socket.
    unix_socket_directories: "''",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  await run(
    pg_ctl,
    ['start', '-w', '-D', path.join(home, CLUSTER), '-l', path.join(home, LOG), '-o', options.join(' ')],
    { ...as, cwd: home, timeout: PATIENCE_MS },
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Sets it up aside and moves it to its place at once: of several gateways that do so at a time, the first one's stays. */
async function make(home: string, { initdb }: Binaries, as: RunAs): Promise<void> {
  const folder = path.dirname(home);
  let draft: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    draft = await mkdtemp(path.join(folder, 'new-'));
    const password = path.join(draft, PASSWORD);
    for (const file of [password, path.join(draft, SECRET)]) {
      await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
    }
    for (const each of [draft, password]) await own(each, as);
    const options = ['--auth=scram-sha-256', '--encoding=UTF8', '--no-locale', `--username=${USER}`];
    await run(initdb, [...options, `--pwfile=${password}`, `--pgdata=${path.join(draft, CLUSTER)}`], {
      ...as,
      cwd: draft,
    });
    await rename(draft, home);
  } catch (error) {
    if (draft !== undefined) await rm(draft, { recursive: true, force: true });
    if (await isThere(home)) return;
    const hint =
      as.uid === undefined
        ? ''
        : ' PostgreSQL does not run as root, and whom it runs as must be able to enter this folder: run the gateway as another user, choose another DATABASE_FOLDER, or set DATABASE_URL.';
    throw new DatabaseError(
      `The embedded PostgreSQL cannot be set up in ${folder}: ${wordsOf(error)}.${hint}`,
      { cause: error },
    );
  }
}

/** What a program has to say, or the system. */
function wordsOf(error: unknown): string {
  const { stderr, message } = error as Error & { readonly stderr?: string };
  return (stderr || message).trim().replace(/\.$/, '');
}

async function own(file: string, { uid, gid }: RunAs): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(file, uid, gid);
}

async function stopUnlessShared(home: string, connection: Connection): Promise<void> {
  if (await isShared(connection)) return;
  const as = await unprivileged();
  const { pg_ctl } = await findBinaries(as);
  await run(pg_ctl, ['stop', '-w', '-m', 'fast', '-D', path.join(home, CLUSTER)], { ...as, cwd: home });
}

/** Whether others are connected, or it does not run any more. The server notices a moment later that a connection has ended. */
async function isShared(connection: Connection): Promise<boolean> {
  const deadline = performance.now() + ENDING_MS;
  try {
    return await withClient(connection, async client => {
      for (;;) {
        const { rows } = await client.query<{ readonly others: number }>(
          "select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
        );
        if (rows[0]?.others === 0) return false;
        if (performance.now() > deadline) return true;
        await setTimeout(PAUSE_MS);
      }
    });
  } catch {
    return true;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

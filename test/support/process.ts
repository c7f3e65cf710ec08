/** The gateway and local AWS as their users start them: processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { inject, onTestFinished } from 'vitest';

export interface Program {
  readonly child: ChildProcess;
  /** All that it wrote so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with its URL once it says that it is running; the gateway's is that of the GraphQL endpoint. */
  readonly url: Promise<string>;
  /** Resolves with the exit code. */
  readonly exit: Promise<number | null>;
}

/** Starts the gateway with nothing of its own in the environment but `env`, in a folder; it is killed when the test is over. */
export function spawnGateway(env: NodeJS.ProcessEnv, entry = 'src/main.ts', cwd = '.'): Program {
  // Keys of one gateway are none of another's, since their hashes differ; jobs and budgets would be.
  const database = {
    DATABASE_URL: inject('databaseUrl'),
    DATABASE_SECRET: randomUUID(),
    JOB_WORKERS: '0',
    SHARED_BUDGETS: 'off',
  };
  return spawnProgram(entry, { ...database, ...env }, cwd, /^Vestibule is running at (\S+)/m);
}

/** The environment of a gateway that takes what listens at an address for AWS, for everybody and without an audit trail. */
export function envOfGatewayOn(aws: string): NodeJS.ProcessEnv {
  return {
    PORT: '0',
    AWS_BACKEND: 'aws',
    AUTH: 'none',
    AUDIT: 'off',
    AWS_ENDPOINT_URL: aws,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    IDENTITY_STORE_ID: 'd-9067012345',
  };
}

/** Starts local AWS, in memory; it is killed when the test is over. */
export function spawnLocalAws(): Program {
  const env = { LOCAL_AWS_PORT: '0', LOCAL_AWS_DATA: ':memory:' };
  return spawnProgram('src/local-aws/main.ts', env, '.', /^Local AWS .* is at (\S+)/m);
}

/** @param announced What it says, with its URL, when it is running. */
function spawnProgram(entry: string, env: NodeJS.ProcessEnv, cwd: string, announced: RegExp): Program {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [entry], {
    cwd,
    env: { PATH, NODE_COMPILE_CACHE, HOME: '/nowhere', ...env },
  });
  let [stdout, stderr] = ['', ''];
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const address = announced.exec(stdout)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(`${entry} ended: ${stderr}`)));
  });
  // Not every test waits for it.
  url.catch(() => {});
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exit = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, stdout: () => stdout, stderr: () => stderr, url, exit };
}

/** NODE_OPTIONS of a program that is told to end in the very moment in which it has written these words. */
export function signalledAfter(words: string): string {
  const module = `
    import fs from 'node:fs';
    const ofStream = process.stdout.write;
    const ofFile = fs.write;
    const endIn = text => String(text).includes(${JSON.stringify(words)}) && process.kill(process.pid, 'SIGTERM');
    process.stdout.write = function (text) {
      const written = ofStream.apply(process.stdout, arguments);
      endIn(text);
      return written;
    };
    // The log is written so.
    fs.write = (file, text, ...rest) => {
      const done = rest.pop();
      ofFile(file, text, ...rest, (...result) => (endIn(text), done(...result)));
    };`;
  return `--import data:text/javascript,${encodeURIComponent(module)}`;
}

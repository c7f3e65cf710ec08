/** The gateway as its users start it: a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface GatewayProcess {
  readonly child: ChildProcess;
  /** All that it wrote so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the URL of the GraphQL endpoint once it says that it is running. */
  readonly url: Promise<string>;
  /** Resolves with the exit code. */
  readonly exit: Promise<number | null>;
}

/** Starts the gateway with nothing in the environment but `env`, in a folder; it is killed when the test is over. */
export function spawnGateway(env: NodeJS.ProcessEnv, entry = 'src/main.ts', cwd = '.'): GatewayProcess {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [entry], { cwd, env: { PATH, HOME: '/nowhere', ...env } });
  let [stdout, stderr] = ['', ''];
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const address = /^Vestibule is running at (\S+)/m.exec(stdout)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(`The gateway ended: ${stderr}`)));
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
    const write = process.stdout.write;
    process.stdout.write = function (text) {
      const written = write.apply(process.stdout, arguments);
      if (String(text).includes(${JSON.stringify(words)})) process.kill(process.pid, 'SIGTERM');
      return written;
    };`;
  return `--import data:text/javascript,${encodeURIComponent(module)}`;
}

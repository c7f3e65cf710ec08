/** Processes that a run starts: each is ended with the run, however the run ends. */
import { type ChildProcess, fork, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFile } from './files.ts';

const START_TIMEOUT_MS = 15_000;

const running = new Set<ChildProcess>();

/** Those of them that lead a process group. */
const groups = new WeakSet<ChildProcess>();

process.once('exit', () => {
  for (const child of running) signalProcess(child, 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

/** Ends the whole run after a time that no run should need, so that nothing is left behind by one that hangs. */
export function limitTime(milliseconds: number): void {
  const timer = setTimeout(() => {
    console.error(`The run ends: it took longer than ${milliseconds / 1000} s.`);
    process.exit(1);
  }, milliseconds);
  timer.unref();
}

/** Starts a program. One that is `detached` ends together with the processes that it started. */
export function startProgram(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  if (options.detached) groups.add(child);
  return track(child);
}

interface ModuleOptions {
  /** For the log file. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** Starts a module of this folder that speaks with the run through messages. */
export function startModule(url: URL, { name, env, args = [] }: ModuleOptions): ChildProcess {
  const output = logFile(name);
  return track(fork(url, args, { env, stdio: ['ignore', output, output, 'ipc'] }));
}

function track(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  signalProcess(child, signal);
  await exited;
}

function signalProcess(child: ChildProcess, signal: NodeJS.Signals): void {
  if (groups.has(child)) process.kill(-pidOf(child), signal);
  else child.kill(signal);
}

/** The next message of a process; rejects when it ends instead. */
export async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const stop = new AbortController();
  const { signal } = stop;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message as Message),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(
          `A process ended early, with code ${code} (see bench/results/logs): ${child.spawnargs.join(' ')}`,
        );
      }),
    ]);
  } finally {
    stop.abort();
  }
}

/** Linux counts the time of processes in these units, a hundredth of a second, on every architecture of Node.js. */
const MICROSECONDS_PER_TICK = 10_000;

/** The CPU time of a process with all its threads, in user and kernel mode, since it began. */
export function cpuMicroseconds(pid: number): number {
  // utime and stime, the fields 14 and 15.
  const fields = statFields(pid);
  return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK;
}

/** Cores that processes outside of the run kept busy, on average since the run began: what makes results noisy. */
export function foreignCores(): number {
  // Fields 16 and 17: the time of children that have ended, with theirs.
  const fields = statFields(process.pid);
  const ended = (Number(fields[13]) + Number(fields[14])) * MICROSECONDS_PER_TICK;
  const live = [...running].reduce((sum, child) => sum + cpuMicroseconds(pidOf(child)), 0);
  const own = cpuMicroseconds(process.pid) + ended + live;
  return Math.max(0, systemMicroseconds() - systemAtStart - own) / (performance.now() * 1000);
}

const systemAtStart = systemMicroseconds();

function systemMicroseconds(): number {
  const fields = readFileSync('/proc/stat', 'latin1').split('\n', 1).join().split(/\s+/);
  // All but the idle time: user, nice, system, and interrupts, which count for the processes that they interrupt.
  return [1, 2, 3, 6, 7].reduce((sum, field) => sum + Number(fields[field]), 0) * MICROSECONDS_PER_TICK;
}

/** The memory of a process that is in RAM. */
export function residentBytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
  return Number(kibibytes) * 1024;
}

export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error(`Not started: ${child.spawnargs.join(' ')}`);
  return child.pid;
}

/** From the third field on; the second, a name in parentheses, may itself hold spaces. */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Tries `attempt` until it gives true. */
export async function untilTrue(what: string, attempt: () => Promise<boolean>, everyMs = 5): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (await attempt().catch(() => false)) return;
    await sleep(everyMs);
  }
  throw new Error(`${what} did not answer in time; see bench/results/logs.`);
}

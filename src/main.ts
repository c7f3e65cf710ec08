/** The gateway's process: configuration, start, and a stop that loses no request. */
import './node-version.js';
import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import { factsOfBug } from './bug-facts.ts';
import { readConfig } from './config/index.ts';
import type { RunningGateway } from './gateway.ts';
import { StartupError } from './startup-error.ts';

// A collection of the old generation occupies two cores for some 25 ms and leaves code to be compiled anew: a bad
// moment for all requests under way. By default it comes when 20 MB of garbage have gathered, so after 50 MB.
setFlagsFromString('--heap-growing-percent=200');

/**
 * Lines wait in memory up to so many bytes, or a second, so that logging does not wait for the disk. A write takes 35 µs of CPU
 * time, however long it is.
 */
const LOG_BUFFER = { minLength: 16_000, maxWrite: 16_384 };

/**
 * The same beside lines of the audit trail: a pipe takes 4,096 as one piece, so that those come between lines of the log, not
 * within.
 */
const SHARED_LOG_BUFFER = { minLength: 4_000, maxWrite: 4_096 };

/** What waits when the log cannot be written, on a full disk for example: lines beyond it are dropped. */
const MAX_WAITING = 16_777_216;

/** How long writing the rest of the log may take at the end. */
const LAST_FLUSH_MS = 500;

type LogDestination = ReturnType<typeof pino.destination>;

function logDestination(isShared: boolean): LogDestination {
  const buffer = isShared ? SHARED_LOG_BUFFER : LOG_BUFFER;
  const destination = pino.destination({
    sync: false,
    ...buffer,
    maxLength: MAX_WAITING,
    periodicFlush: 1_000,
  });
  // pino asks for it at each line at `fatal`, and at the end. It never returns while the log cannot be written (sonic-boom 4 tries
  // again for ever, on a full disk or when the reader is gone), and nothing else would go on.
  destination.flushSync = () => destination.flush();
  // Whoever read the output may be gone, as with `npm start | head`. The requests are still answered.
  return destination.on('error', () => {});
}

/** Says something between lines of the log, which may be on their way in parts. */
function tell(destination: LogDestination, text: string): void {
  destination.write(text);
  destination.flush();
}

async function main(): Promise<void> {
  const config = readConfig();
  const destination = logDestination(config.audit.destination === 'stdout');
  const logger = pino({ level: config.server.logLevel, base: null }, destination);
  process.on('uncaughtException', error => {
    logger.fatal(
      { err: factsOfBug(error) },
      'The process ends: its state is unknown after an error that nothing handled.',
    );
    exit(1, destination);
  });
  // Whatever is wrong with the settings is said before all of the gateway is loaded, which takes longer.
  const [{ startGateway }, { startupText }] = await Promise.all([
    import('./gateway.ts'),
    import('./startup-text.ts'),
  ]);
  const gateway = await startGateway(config, { logger });
  stopOnSignals(gateway, destination);
  const { auditTrail } = gateway;
  // Without a file there is nothing to do, and the end of the terminal ends the process.
  if (auditTrail?.isFile) process.on('SIGHUP', () => void auditTrail.reopen());
  tell(destination, startupText(gateway, config));
}

function stopOnSignals(gateway: RunningGateway, destination: LogDestination): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return exit(1, destination);
    stopping = true;
    tell(destination, 'Stopping: requests under way may finish. A second signal ends them.\n');
    await gateway.stop();
    exit(0, destination);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

let isEnding = false;

/** Ends the process with the log complete, if it can be written. */
function exit(code: number, destination: LogDestination): void {
  setTimeout(() => {
    // Node's own exit waits for its threads, for ever for one that writes to what takes nothing: a pipe that nobody reads, a disk that hangs.
    if (isWriting()) process.kill(process.pid, 'SIGKILL');
    process.exit(code);
  }, LAST_FLUSH_MS);
  if (isEnding) return;
  isEnding = true;
  const leave = () => {
    if (!isWriting()) process.exit(code);
  };
  // To flush it is to wait for the next write alone, and not for the last. It closes within what ended its last write.
  destination.once('close', () => setImmediate(leave)).end();
  // Requests that end with the process have lines, too. There is nothing any more that they could be written to: it would throw.
  destination.write = () => false;
  destination.flush = () => {};
}

/** Whether another thread reads or writes a file. */
function isWriting(): boolean {
  return process.getActiveResourcesInfo().some(name => name.startsWith('FSReq'));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  process.stderr.write(`${error.lines.join('\n')}\n`);
  process.exit(1);
}

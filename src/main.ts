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
 * Lines wait in memory up to so many bytes, or a second, so that logging does not wait for the disk. A pipe takes 4,096
 * as one piece, so that the lines of the audit trail come between those of the log, not within.
 */
const LOG_BUFFER = { minLength: 4_000, maxWrite: 4_096 };

const destination = pino.destination({ sync: false, ...LOG_BUFFER, periodicFlush: 1_000 });

/** How long writing the rest of the log may take at the end. */
const LAST_FLUSH_MS = 500;

// Whoever read the output may be gone, as with `npm start | head`. The requests are still answered.
destination.on('error', () => {});
process.stdout.on('error', () => {});

async function main(): Promise<void> {
  const config = readConfig();
  const logger = pino({ level: config.server.logLevel, base: null }, destination);
  process.on('uncaughtException', error => {
    logger.fatal(
      { err: factsOfBug(error) },
      'The process ends: its state is unknown after an error that nothing handled.',
    );
    exit(1);
  });
  // Whatever is wrong with the settings is said before all of the gateway is loaded, which takes longer.
  const [{ startGateway }, { startupText }] = await Promise.all([
    import('./gateway.ts'),
    import('./startup-text.ts'),
  ]);
  const gateway = await startGateway(config, { logger });
  stopOnSignals(gateway);
  const { auditTrail } = gateway;
  // Without a file there is nothing to do, and the end of the terminal ends the process.
  if (auditTrail?.isFile) process.on('SIGHUP', () => void auditTrail.reopen());
  process.stdout.write(startupText(gateway, config));
}

function stopOnSignals(gateway: RunningGateway): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return exit(1);
    stopping = true;
    process.stdout.write('Stopping: requests under way may finish. A second signal ends them.\n');
    await gateway.stop();
    exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

/**
 * Ends the process with the log complete. Not by `flushSync`, which never returns when the reader of the log is
 * gone (sonic-boom 4 tries again for ever on EPIPE).
 */
function exit(code: number): void {
  setTimeout(() => process.exit(code), LAST_FLUSH_MS);
  destination.flush(() => process.exit(code));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  process.stderr.write(`${error.lines.join('\n')}\n`);
  process.exit(1);
}

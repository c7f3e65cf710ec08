// Starts the machine's own Chromium, and the gateway for it to visit.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function executable() {
  const { CHROMIUM, PATH = '' } = process.env;
  if (CHROMIUM) return CHROMIUM;
  const files = PATH.split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)));
  return files.find(file => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export async function launchChromium() {
  const executablePath = executable();
  if (!executablePath) {
    console.error(
      `There is no Chromium: none of ${NAMES.join(', ')} is in the PATH. Install one, or name it with CHROMIUM=<path>.`,
    );
    process.exit(1);
  }
  return chromium.launch({ executablePath });
}

/** The gateway as its users start it, from its sources or from the bundle, whose file is the first argument. */
export async function startGateway(more = {}) {
  const { PATH } = process.env;
  const [, , entry = 'src/main.ts'] = process.argv;
  const env = { PATH, HOME: '/nowhere', PORT: '0', LOCAL_AWS_DATA: ':memory:', LOG_LEVEL: 'silent', ...more };
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [url, localAws] = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      said += text;
      const [, own] = /^Vestibule is running at (\S+)/m.exec(said) ?? [];
      const [, aws] = /^Local AWS.* (http:\S+?)[.,]?\s/m.exec(said) ?? [];
      if (own && aws) resolve([own, aws]);
    });
    child.once('exit', () => reject(new Error('The gateway ended.')));
  });
  return {
    url,
    /** Makes the demo world as new. */
    async reset() {
      const headers = { 'content-type': 'application/json' };
      const { ok, status } = await fetch(`${localAws}/_local-aws/reset`, { method: 'POST', headers });
      if (!ok) throw new Error(`Local AWS answered the reset with ${status}.`);
    },
    /** Has local AWS misbehave. */
    async addFault(fault) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(fault);
      const { ok, status } = await fetch(`${localAws}/_local-aws/faults`, { method: 'POST', headers, body });
      if (!ok) throw new Error(`Local AWS answered the fault with ${status}.`);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

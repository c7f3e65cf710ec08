// A gateway of its own for each check, over a local AWS that is as new.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs something with a gateway, as its users start it. */
export async function withGateway(settings, use) {
  const { PATH } = process.env;
  const env = {
    PATH,
    HOME: '/nowhere',
    PORT: '0',
    LOCAL_AWS_DATA: ':memory:',
    LOG_LEVEL: 'silent',
    ...settings,
  };
  const child = spawn(process.execPath, ['../../../src/main.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  // A client that throws outside of its promises ends this process at once.
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  try {
    const url = await new Promise((resolve, reject) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', text => {
        said += text;
        const address = /^Vestibule is running at (\S+)/m.exec(said)?.[1];
        if (address) resolve(address);
      });
      child.once('exit', () => reject(new Error('The gateway ended.')));
    });
    await use(url);
  } finally {
    kill();
    await ended;
    process.off('exit', kill);
  }
}

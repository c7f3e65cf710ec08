// The client that strangers copy: its types are generated, checked, and what it says to a person is compared.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withGateway } from './gateway.js';

const cwd = '../../../examples/client';
const run = promisify(execFile);
const name = /example-[0-9a-z]+/g;

const said = `Created NAME.
NAME was not created. This exists already.
Katherine Johnson was not created. userName may contain only letters, marks, symbols, digits and punctuation, and no white space.
Changed, and now: {"displayName":"K. Johnson","title":null,"nickName":"Kate"}
A page of users: ada, grace
A page of users: alan, NAME
Enrolled NAME.
In the picture: NAME
NAME-2 was not enrolled. image.upload must be a JPEG or PNG image.
`;

/** Runs a script of the example's own package. */
async function npm(script, ...args) {
  try {
    return await run('npm', ['run', '--silent', script, '--', ...args], { cwd });
  } catch (error) {
    throw new Error(`npm run ${script} failed: ${error.stdout}${error.stderr}`, { cause: error });
  }
}

export const exampleChecks = {
  "The example's types are those of the schema": async () => {
    await npm('generate');
    await npm('types');
  },
  'The example runs, and says what a person would read': () =>
    withGateway({}, async url => {
      const { stdout, stderr } = await npm('start', url);
      assert.deepEqual({ stdout: stdout.replaceAll(name, 'NAME'), stderr }, { stdout: said, stderr: '' });
    }),
  'The example says that no gateway runs': async () => {
    await assert.rejects(npm('start', 'http://127.0.0.1:1/graphql'), {
      message: 'npm run start failed: The gateway cannot be reached. Is it running?\n',
    });
  },
};

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../src/config/index.ts';
import { startGateway } from '../src/gateway.ts';
import { startLocalAws } from '../src/local-aws/index.ts';
import { startupText } from '../src/startup-text.ts';
import { manifestFile } from './support/manifest.ts';

test('the start says what local AWS added to the state of an older version', async () => {
  const data = await mkdtemp(join(tmpdir(), 'gateway-'));
  onTestFinished(() => rm(data, { recursive: true }));
  await (await startLocalAws({ data })).stop();
  const file = new DatabaseSync(join(data, 'state.db'));
  file.exec('DROP TABLE seeds; DROP TABLE chime_user_settings; DROP TABLE chime_users');
  file.close();

  const config = readConfig({ PORT: '0', LOCAL_AWS_DATA: data });
  const gateway = await startGateway(config, { logger: pino({ level: 'silent' }) });
  onTestFinished(() => gateway.stop());
  const lines = startupText(gateway, config).split('\n');
  expect(lines.slice(lines.findIndex(line => line.startsWith('Local AWS listens'))).slice(0, 3)).toEqual([
    `Local AWS listens at ${gateway.localAws?.url} and keeps its state in the folder ${data}.`,
    'It added users of the Chime account Demo Team, users of the Chime account Demo Enterprise, which the version that made this state did not have.',
    '',
  ]);
});

test('the start says that only trusted documents run, and has no command to try', async () => {
  const file = await manifestFile(['{ __typename }']);
  const config = readConfig({ PORT: '0', LOCAL_AWS_DATA: ':memory:', TRUSTED_DOCUMENTS: file });
  const gateway = await startGateway(config, { logger: pino({ level: 'silent' }) });
  onTestFinished(() => gateway.stop());
  const text = startupText(gateway, config);
  expect(text).toContain(`\n\nOnly the trusted documents of ${file} run.\n\n`);
  expect(text).not.toContain('curl');
});

import { resolve } from 'node:path';
import { readConfig } from './config.ts';
import { demoWorld, type LocalAws, StartupError, startLocalAws } from './index.ts';

try {
  const config = readConfig();
  const localAws = await startLocalAws(config);
  // Before the address is out: whoever has it may tell this process to stop.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void localAws.stop());
  }
  console.log(welcome(localAws, config.data));
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function welcome({ url, added }: LocalAws, data: string): string {
  const kept = data === ':memory:' ? 'in memory, gone when this stops' : resolve(data);
  const variables = `AWS_ENDPOINT_URL=${url} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1`;
  return `Local AWS (Rekognition, Identity Store, Chime, Chime SDK Identity) is at ${url}
State: ${kept}${added.length > 0 ? `\nAdded: ${added.join(', ')}, which the version that made this state did not have` : ''}
Try:   ${variables} aws rekognition list-users --collection-id ${demoWorld.rekognition.collectionId}`;
}

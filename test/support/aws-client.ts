/** Our client in front of a server in AWS's place, both gone after the test. */
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { onTestFinished } from 'vitest';
import type { Admission } from '../../src/aws/admission.ts';
import { AwsClient } from '../../src/aws/client.ts';
import { Transport } from '../../src/aws/transport.ts';
import { type Answer, type RecordingServer, startRecordingServer } from './recording-server.ts';

export const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'session',
};

/** Starts a server with these answers. */
export async function startAws(...answers: readonly Answer[]): Promise<RecordingServer> {
  const server = await startRecordingServer(...answers);
  onTestFinished(() => server.stop());
  return server;
}

/** A client of Rekognition at `endpoint`; `options` are those of the SDK's client. */
export function clientOf(
  endpoint: string,
  options: object = {},
  timeoutMs = 10_000,
  admission?: Admission,
): AwsClient {
  const requestHandler = new Transport({ timeoutMs });
  onTestFinished(() => requestHandler.destroy());
  return new AwsClient(
    new RekognitionClient({ endpoint, region: 'eu-west-1', credentials, requestHandler, ...options }),
    admission,
  );
}

/** Local AWS, whose answers are changed on their way to the gateway. */
import type { ServiceModel } from '../../src/aws/models/model.ts';
import { type LocalAws, startLocalAws } from '../../src/local-aws/index.ts';
import { startRecordingServer } from './recording-server.ts';
import { models } from './service-models.ts';

export interface ChangedAws {
  /** What AWS_ENDPOINT_URL has to be. */
  readonly url: string;
  readonly localAws: LocalAws;
  stop(): Promise<void>;
}

/** Makes another answer of one, by the shape of the operation's output. */
export type Change = (model: ServiceModel, output: string, answer: unknown) => unknown;

export async function startChangedAws(change: Change): Promise<ChangedAws> {
  const localAws = await startLocalAws();
  const server = await startRecordingServer(async ({ method, path, headers, body }, response) => {
    const { host: _host, connection: _connection, 'content-length': _length, ...others } = headers;
    const init = { method, headers: others as Record<string, string>, ...(body && { body }) };
    const answer = await fetch(`${localAws.url}${path}`, init);
    const text = await answer.text();
    const id = { 'x-amzn-requestid': answer.headers.get('x-amzn-requestid') ?? '' };
    if (text === '') return void response.writeHead(answer.status, id).end();
    const given: unknown = JSON.parse(text);
    const { service, operation = '' } = localAws.requests.list().at(-1) ?? {};
    const model = models.find(each => each.service === service) as ServiceModel;
    const output = model.operations[operation]?.output;
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '', ...id });
    response.end(JSON.stringify(answer.ok && output != null ? change(model, output, given) : given));
  });
  return {
    url: server.url,
    localAws,
    stop: async () => {
      await server.stop();
      await localAws.stop();
    },
  };
}

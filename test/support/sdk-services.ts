/** The services of AWS's models with the SDK's packages for them. */
import { readdirSync, readFileSync } from 'node:fs';
import type { AwsCommand } from '../../src/aws/client.ts';
import type { ServiceModel } from '../../src/aws/models/model.ts';

export interface SdkClient {
  readonly config: object;
  send(command: AwsCommand<object>): Promise<unknown>;
  destroy(): void;
}

export interface SdkService {
  readonly name: string;
  readonly model: ServiceModel;
  readonly Client: new (config: object) => SdkClient;
  /** Throws when the SDK has no such operation. */
  readonly command: (operation: string, input: unknown) => AwsCommand<object>;
}

const folder = 'src/aws/models';

async function serviceOf(file: string): Promise<SdkService> {
  const model: ServiceModel = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
  const sdk: Record<string, unknown> = await import(`@aws-sdk/client-${model.service}`);
  const client = Object.keys(sdk).find(name => /^[A-Z]\w*Client$/.test(name)) ?? '';
  return {
    name: model.service,
    model,
    Client: sdk[client] as SdkService['Client'],
    command: (operation, input) => {
      const Command = sdk[`${operation}Command`] as new (input: unknown) => AwsCommand<object>;
      return new Command(input);
    },
  };
}

export const sdkServices: readonly SdkService[] = await Promise.all(
  readdirSync(folder)
    .filter(file => file.endsWith('.json'))
    .map(serviceOf),
);

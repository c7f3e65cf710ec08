/** Where requests of a service go, as the SDK's rules of endpoints decide, and as whom they are signed. */
import { userAgentMiddleware } from '@aws-sdk/core/client';
import { getEndpointFromInstructions } from '@smithy/core/endpoints';
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import type { ClientProtocol, EndpointV2 } from '@smithy/types';
import { AttemptFailure, fail } from './attempt-failure.ts';
import type { ClientConfig } from './client-config.ts';

/** What the endpoint rules decide; the same for all operations of the services in use. */
export interface Route {
  readonly endpoint: EndpointV2;
  /** What the SDK's serializers and deserializers ask for. */
  readonly context: Parameters<ClientProtocol<HttpRequest, HttpResponse>['serializeRequest']>[2];
  readonly signing: { readonly signingRegion?: string; readonly signingName?: string };
  readonly host: string;
  readonly userAgent: string;
}

export class RouteFinder {
  readonly #config: ClientConfig;
  #finding: Promise<Route> | undefined;
  /** What was found: waiting for what is there takes time, too. */
  found: Route | undefined;

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  /**
   * Finds it out, unless that was done.
   *
   * @param command Any of the service's.
   * @throws AttemptFailure
   */
  async find(command: object): Promise<Route> {
    this.#finding ??= this.#find(command);
    try {
      this.found = await this.#finding;
      return this.found;
    } catch (error) {
      this.#finding = undefined;
      throw error instanceof AttemptFailure ? error : new AttemptFailure('wrongEndpoint', error);
    }
  }

  async #find(command: object): Promise<Route> {
    const region = await this.#config.region().catch((error: unknown) => fail('noRegion', error));
    const instructions = command.constructor as unknown as Parameters<typeof getEndpointFromInstructions>[1];
    const config = { ...this.#config };
    const endpoint = await getEndpointFromInstructions({}, instructions, config as never);
    const [scheme] = (endpoint.properties?.['authSchemes'] ?? []) as Route['signing'][];
    return {
      endpoint,
      context: { ...config, endpoint: async () => endpoint } as unknown as Route['context'],
      signing: {
        signingRegion: scheme?.signingRegion ?? region,
        ...(scheme?.signingName && { signingName: scheme.signingName }),
      },
      host: endpoint.url.host,
      userAgent: await userAgentOf(this.#config),
    };
  }
}

/** What the SDK calls itself, with what it is configured to add; the features of single calls are left out. */
async function userAgentOf(config: object): Promise<string> {
  const request = new HttpRequest({});
  const middleware = userAgentMiddleware(config as Parameters<typeof userAgentMiddleware>[0]);
  await middleware(goNowhere, {})({ request, input: {} });
  return `vestibule ${request.headers['user-agent']}`;
}

async function goNowhere() {
  return { response: undefined, output: { $metadata: {} } };
}

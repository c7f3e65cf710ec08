/** Where requests go when no endpoint is configured: the SDK's own client and ours must agree, refusals included. */
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { describe, expect, it } from 'vitest';
import { AwsClient } from '../../src/aws/client.ts';
import { samples } from '../support/sample-requests.ts';
import { sdkServices } from '../support/sdk-services.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

const regions = ['us-east-1', 'eu-west-1', 'us-gov-west-1', 'cn-north-1', 'us-iso-east-1'];
const variants = [
  {},
  { useFipsEndpoint: true },
  { useDualstackEndpoint: true },
  { useFipsEndpoint: true, useDualstackEndpoint: true },
];
const places = regions.flatMap(region => variants.map(variant => ({ region, ...variant })));

describe.each(sdkServices)('A request to $name', ({ model, Client, command }) => {
  const [operation = '', { input } = { input: '' }] = Object.entries(model.operations)[0] ?? [];
  const [sample] = samples(model, input, 'required members');

  /** The address of the one request that is sent, and what it is signed for, or the words of the refusal. */
  async function destination(place: object, send: (client: InstanceType<typeof Client>) => Promise<unknown>) {
    const sent: HttpRequest[] = [];
    const requestHandler = {
      handle: async (request: HttpRequest) => {
        sent.push(request);
        const headers = { 'x-amzn-requestid': 'a1' };
        return { response: new HttpResponse({ statusCode: 200, headers, body: Buffer.from('{}') }) };
      },
    };
    try {
      await send(new Client({ ...place, credentials, requestHandler }));
    } catch (error) {
      const { message, cause = { message } } = error as Error & { cause?: { message: string } };
      return { refusal: cause.message, requests: sent.length };
    }
    return sent.map(({ protocol, hostname, port, path, headers }) => ({
      address: [protocol, hostname, port, path],
      host: headers['host'],
      scope: /Credential=AKIDEXAMPLE\/\d+\/([^,]+),/.exec(headers['authorization'] ?? '')?.[1],
    }));
  }

  const bySdk = (place: object) => destination(place, client => client.send(command(operation, sample)));
  const byUs = (place: object) =>
    destination(place, client =>
      new AwsClient(client).send(command(operation, sample), { repeatable: true }),
    );

  it.each(places)('goes where the SDK sends it, with %o', async place => {
    expect(await byUs(place)).toEqual(await bySdk(place));
  });

  it('is signed for the region and by the name that the rules of endpoints give', async () => {
    const scheme = { name: 'sigv4', signingName: 'another', signingRegion: 'ap-south-1' };
    const endpoint = { url: new URL('https://example.test'), properties: { authSchemes: [scheme] } };
    const place = { region: 'us-east-1', endpointProvider: () => endpoint };
    const ours = await byUs(place);
    expect(ours).toEqual(await bySdk(place));
    expect(ours).toMatchObject([{ host: 'example.test', scope: 'ap-south-1/another/aws4_request' }]);
  });
});

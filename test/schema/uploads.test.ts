/** Bytes in inputs, by a mutation and a scalar that only this test declares: they reach AWS as they are. */
import { IndexFacesCommand } from '@aws-sdk/client-rekognition';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { InputOf } from '../../src/adapter/request.ts';
import type { AwsSession } from '../../src/adapter/session.ts';
import type { RunningGateway } from '../../src/gateway.ts';
import { rekognition } from '../../src/providers/rekognition/service.ts';
import { builder, type SchemaTypes } from '../../src/schema/builder.ts';
import { mutation } from '../../src/schema/operation/mutation.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import type { Answer } from '../support/gateway.ts';
import { json, type RecordingServer, startRecordingServer } from '../support/recording-server.ts';

const IndexFaces = rekognition.operation(IndexFacesCommand, 'change');

class Faces {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  async index(input: InputOf<typeof IndexFaces>): Promise<{ readonly faces: number }> {
    return this.#aws.call(IndexFaces, input, {}, ({ faceRecords = [] }) => ({ faces: faceRecords.length }));
  }
}

const faces = rekognition.entity(Faces);

/** The builder's type lists the scalars of the API; a scalar of its own has a line there. */
const scalars = builder as unknown as {
  scalarType(name: string, options: object): PothosSchemaTypes.ScalarRef<SchemaTypes, never, Uint8Array>;
};

const Base64 = scalars.scalarType('TestBase64', {
  description: 'Bytes in base64.',
  serialize: (bytes: Uint8Array) => Buffer.from(bytes).toString('base64'),
  parseValue: (text: unknown) => Buffer.from(String(text), 'base64'),
});

const ImageInput = builder.inputType('TestImageInput', {
  description: 'I.',
  fields: t => ({ bytes: t.field({ type: Base64, required: true, description: 'B.' }) }),
});

mutation('indexTestFaces', {
  description: 'Adds the faces of an image.',
  inputDescription: ['The image', 'in a test'],
  successDescription: 'Returned when its faces were added.',
  scope: 'rekognition:faces:index',
  aws: [IndexFaces],
  input: t => ({
    collectionId: t.string({ required: true, description: 'C.' }),
    image: t.field({ type: ImageInput, required: true, description: 'I.' }),
  }),
  run: (input, context) => context.aws(faces).index(input),
  success: t => ({ faces: t.exposeInt('faces', { nullable: false, description: 'F.' }) }),
});

let aws: RecordingServer;
let gateway: RunningGateway;
beforeAll(async () => {
  aws = await startRecordingServer(json({ FaceRecords: [{}, {}] }));
  gateway = await startGatewayOn(aws.url, { PROVIDERS: 'rekognition' });
});
beforeEach(() => {
  aws.requests.length = 0;
});
afterAll(async () => {
  await gateway.stop();
  await aws.stop();
});

async function index(bytes: string): Promise<Answer> {
  const query = `mutation ($input: IndexTestFacesInput!) {
    result: indexTestFaces(input: $input) {
      ... on IndexTestFacesSuccess { faces }
      ... on InvalidInputError { issues { path message } }
    }
  }`;
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { collectionId: 'employees', image: { bytes } } } }),
  });
  return (await response.json()) as Answer;
}

// Every byte, and more of them than anything should look at one by one.
const every = Buffer.from(Array.from({ length: 600_000 }, (_, at) => at % 256)).toString('base64');

test.each(['AA==', every])('Bytes come to AWS as they were given', async bytes => {
  expect(await index(bytes)).toEqual({ data: { result: { faces: 2 } } });
  expect(aws.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { CollectionId: 'employees', Image: { Bytes: bytes } },
  ]);
});

test('Bytes that AWS would refuse are refused at their path', async () => {
  const message = 'image.bytes must not be empty.';
  expect(await index('')).toEqual({ data: { result: { issues: [{ path: ['image', 'bytes'], message }] } } });
  expect(aws.requests).toEqual([]);
});

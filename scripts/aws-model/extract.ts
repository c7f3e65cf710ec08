/** The facts of src/aws/models/ out of AWS's description of a service. */
import type {
  ExceptionModel,
  MemberModel,
  OperationModel,
  ServiceModel,
  ShapeModel,
} from '../../src/aws/models/model.ts';
import type { Source, SourceMember, SourceOperation, SourceShape } from './source.ts';

/** A service by the name of its file: "Chime SDK Identity" is chime-sdk-identity. */
export function serviceName({ metadata }: Source): string {
  return metadata.serviceId.toLowerCase().replaceAll(' ', '-');
}

/** The operations with these names, and everything that they use, in the order in which it comes up. */
export function extract(source: Source, names: readonly string[]): ServiceModel {
  const { metadata } = source;
  const operations: Record<string, OperationModel> = {};
  const errors: Record<string, ExceptionModel> = {};
  const shapes: Record<string, ShapeModel> = {};

  function follow(name: string): void {
    if (shapes[name]) return;
    const shape = source.shape(name);
    shapes[name] = shapeFacts(shape);
    const { members = {}, member, key, value } = shape;
    for (const used of [...Object.values(members), member, key, value]) if (used) follow(used.shape);
  }

  for (const name of names) {
    const operation = operationFacts(source.operation(name));
    operations[name] = operation;
    if (operation.input !== null) follow(operation.input);
    if (operation.output !== null) follow(operation.output);
    for (const error of operation.errors) {
      const exception = (errors[error] ??= exceptionFacts(source.shape(error)));
      for (const member of Object.values(exception.members)) follow(member);
    }
  }
  return {
    service: serviceName(source),
    serviceId: metadata.serviceId,
    apiVersion: metadata.apiVersion,
    protocol: metadata.protocol,
    jsonVersion: metadata.jsonVersion ?? null,
    targetPrefix: metadata.targetPrefix ?? null,
    signingName: metadata.signingName ?? metadata.endpointPrefix,
    endpointPrefix: metadata.endpointPrefix,
    operations,
    errors,
    shapes,
  };
}

function operationFacts({ http, input, output, errors }: SourceOperation): OperationModel {
  const { method, requestUri, responseCode } = http;
  return {
    http: { method, requestUri, ...present({ responseCode }) },
    input: input?.shape ?? null,
    output: output?.shape ?? null,
    errors: errors.map(({ shape }) => shape),
  };
}

function exceptionFacts({ error, fault = false, members = {} }: SourceShape): ExceptionModel {
  return {
    httpStatus: error?.httpStatusCode ?? null,
    senderFault: error?.senderFault ?? null,
    fault,
    members: mapValues(members, ({ shape }) => shape),
  };
}

function shapeFacts(source: SourceShape): ShapeModel {
  const { type, required = [], members, member, key, value, min, max, pattern, sensitive } = source;
  const { union, document, timestampFormat, streaming, payload, sparse } = source;
  return {
    type,
    ...(members && { required, members: mapValues(members, memberFacts) }),
    ...present({ member: member?.shape, key: key?.shape, value: value?.shape }),
    ...present({ min, max, pattern, enum: source.enum, sensitive }),
    ...present({ union, document, timestampFormat, streaming, payload, sparse }),
  };
}

function memberFacts({ shape, location, locationName, ...member }: SourceMember): MemberModel {
  const { idempotencyToken, jsonvalue, streaming } = member;
  return {
    shape,
    ...present({ location, wireName: locationName, idempotencyToken, jsonvalue, streaming }),
  };
}

type Present<Facts> = { [Name in keyof Facts]?: Exclude<Facts[Name], undefined> };

/** Without the facts that AWS does not state. */
function present<Facts extends object>(facts: Facts): Present<Facts> {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as Present<Facts>;
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

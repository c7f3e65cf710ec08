/** Where a service model of the project and the SDK's schemas of the same service disagree. */
import { NormalizedSchema } from '@smithy/core/schema';
import {
  type MemberModel,
  type ServiceModel,
  type ShapeModel,
  shapeModel,
} from '../../src/aws/models/model.ts';
import { modelledExceptions } from '../support/modelled-exceptions.ts';

type Exports = Readonly<Record<string, unknown>>;
type Fact = string | number | boolean | undefined;

/** Every difference as a sentence. */
export function differences(model: ServiceModel, sdk: Exports): string[] {
  const comparison = new Comparison(model, sdk);
  for (const name of Object.keys(model.operations)) comparison.operation(name);
  for (const name of Object.keys(model.errors)) comparison.exception(name);
  return comparison.found;
}

class Comparison {
  readonly found: string[] = [];
  readonly #model: ServiceModel;
  readonly #sdk: Exports;
  readonly #seen = new Set<string>();

  constructor(model: ServiceModel, sdk: Exports) {
    this.#model = model;
    this.#sdk = sdk;
  }

  operation(name: string): void {
    const { http, input, output, errors } = this.#model.operations[name] ?? {};
    const schema = this.#sdk[`${name}$`] as readonly [
      number,
      string,
      string,
      object,
      () => unknown,
      () => unknown,
    ];
    if (!schema) {
      this.#say(`${name} is no operation of the SDK.`);
      return;
    }
    const [, , , traits, request, response] = schema;
    if (this.#isRest) {
      const binding = (traits as { http?: readonly Fact[] }).http ?? [];
      const uri = http?.requestUri.replaceAll(
        /\{(\w+)\}/g,
        (_, label) => `{${this.#labelled(input, label)}}`,
      );
      this.#compare(`${name}'s method`, http?.method, binding[0]);
      this.#compare(`${name}'s URI`, uri, binding[1]);
      this.#compare(`${name}'s status`, http?.responseCode ?? 200, binding[2]);
    }
    const listed = modelledExceptions(`client-${this.#model.service}`, name);
    this.#compareSets(`${name}'s exceptions`, errors ?? [], listed);
    if (input) this.#shape(input, NormalizedSchema.of(request() as never));
    if (output) this.#shape(output, NormalizedSchema.of(response() as never));
  }

  exception(name: string): void {
    const { httpStatus, fault, members } = this.#model.errors[name] ?? {};
    const schema = this.#sdk[`${name}$`];
    if (!schema) {
      this.#say(`${name} is no exception of the SDK.`);
      return;
    }
    const normalized = NormalizedSchema.of(schema as never);
    const { error, httpError } = normalized.getMergedTraits();
    this.#compare(`${name}'s fault`, fault ? 'server' : 'client', String(error));
    if (this.#isRest) this.#compare(`${name}'s status`, httpStatus ?? undefined, httpError as Fact);
    this.#members(
      name,
      Object.fromEntries(Object.entries(members ?? {}).map(([member, shape]) => [member, { shape }])),
      normalized,
    );
  }

  /** JSON 1.1 has no bindings to HTTP, though the SDK's schemas keep what they heard of some. */
  get #isRest(): boolean {
    return this.#model.protocol === 'rest-json';
  }

  /** The member that a label in a URI stands for. */
  #labelled(input: string | null | undefined, label: string): string {
    const members = Object.entries(input ? (shapeModel(this.#model, input).members ?? {}) : {});
    const found = members.find(([, { location, wireName }]) => location === 'uri' && wireName === label);
    return found?.[0] ?? `${label}, of which the data has no member`;
  }

  /** @param at Where the shape is met, for the reader. */
  #shape(name: string, schema: NormalizedSchema, at = name): void {
    const shape = shapeModel(this.#model, name);
    this.#compare(`${at}'s type`, typeInData(shape), typeInSdk(schema));
    this.#compare(
      `${at} is sensitive`,
      shape.sensitive ?? false,
      Boolean(schema.getMergedTraits().sensitive),
    );
    if (this.#seen.has(name)) return;
    this.#seen.add(name);
    if (shape.enum) {
      const values = this.#sdk[name];
      if (!values) this.#say(`${name} is no enum of the SDK.`);
      else this.#compareSets(`${name}'s values`, shape.enum, Object.values(values));
    }
    if (shape.member) this.#shape(shape.member, schema.getValueSchema(), `${name}'s items`);
    if (shape.value) this.#shape(shape.value, schema.getValueSchema(), `${name}'s values`);
    if (shape.key) this.#shape(shape.key, schema.getKeySchema(), `${name}'s keys`);
    if (!shape.members || shape.document || !schema.isStructSchema()) return;
    // Callers may leave out a token, because the SDK makes one.
    const required = shape.required?.filter(member => !shape.members?.[member]?.idempotencyToken);
    this.#compareSets(`${name}'s required members`, required ?? [], requiredInSdk(schema));
    this.#members(name, shape.members, schema);
  }

  #members(name: string, members: Readonly<Record<string, MemberModel>>, schema: NormalizedSchema): void {
    const inSdk = schema.getMemberSchemas();
    this.#compareSets(`${name}'s members`, Object.keys(members), Object.keys(inSdk));
    for (const [member, facts] of Object.entries(members)) {
      const memberSchema = inSdk[member];
      if (!memberSchema) continue;
      const at = `${name}.${member}`;
      if (this.#isRest) this.#binding(at, facts, memberSchema);
      this.#compare(
        `${at} is an idempotency token`,
        facts.idempotencyToken ?? false,
        memberSchema.isIdempotencyToken(),
      );
      this.#shape(facts.shape, memberSchema, at);
    }
  }

  #binding(at: string, { location, wireName }: MemberModel, schema: NormalizedSchema): void {
    const { httpLabel, httpQuery, httpHeader, jsonName } = schema.getMergedTraits();
    const places = { uri: httpLabel, querystring: httpQuery, header: httpHeader };
    const place = Object.entries(places).find(([, trait]) => trait !== undefined)?.[0];
    this.#compare(`${at}'s place`, location, place);
    // A label's name is the path's own affair.
    if (location !== 'uri') this.#compare(`${at}'s name`, wireName, httpQuery ?? httpHeader ?? jsonName);
  }

  #compareSets(what: string, data: readonly string[], sdk: readonly string[]): void {
    for (const each of data) if (!sdk.includes(each)) this.#say(`${what}: ${each} is in the data alone.`);
    for (const each of sdk) if (!data.includes(each)) this.#say(`${what}: ${each} is in the SDK alone.`);
  }

  #compare(what: string, data: Fact, sdk: Fact): void {
    if (data !== sdk) this.#say(`${what}: ${String(data)} in the data, ${String(sdk)} in the SDK.`);
  }

  #say(difference: string): void {
    this.found.push(`${this.#model.service}: ${difference}`);
  }
}

const timestampFormats: Readonly<Record<number, string>> = { 5: 'iso8601', 6: 'rfc822', 7: 'unixTimestamp' };

function typeInData({ type, union, document, timestampFormat }: ShapeModel): string {
  if (union) return 'union';
  if (document) return 'document';
  if (type === 'timestamp') return timestampFormat ? `timestamp, ${timestampFormat}` : type;
  return ['integer', 'long', 'float', 'double'].includes(type) ? 'number' : type;
}

function typeInSdk(schema: NormalizedSchema): string {
  if (schema.isTimestampSchema()) {
    const format = timestampFormats[schema.getSchema() as number];
    return format ? `timestamp, ${format}` : 'timestamp';
  }
  if (schema.isUnionSchema()) return 'union';
  if (schema.isStructSchema()) return 'structure';
  if (schema.isListSchema()) return 'list';
  if (schema.isMapSchema()) return 'map';
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isDocumentSchema()) return 'document';
  if (schema.isBooleanSchema()) return 'boolean';
  return schema.isNumericSchema() ? 'number' : 'string';
}

/** The SDK's schemas list required members first, and then say how many these are. */
function requiredInSdk(schema: NormalizedSchema): string[] {
  const [, , , , names = [], , required = 0] = schema.getSchema() as unknown as readonly [
    number,
    string,
    string,
    unknown,
    string[]?,
    unknown[]?,
    number?,
  ];
  return names.slice(0, required);
}

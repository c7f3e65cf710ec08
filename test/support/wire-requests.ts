/** Requests as AWS's models bind them to HTTP, without an SDK, which would refuse or repair what tests want to send. */
import { type MemberModel, requestModel, type ServiceModel } from '../../src/aws/models/model.ts';
import { type RawAnswer, send, sendTarget } from './local-aws-clients.ts';

/** Whether a value of a type can be said where the model puts the member: a query has no types. */
export function canSay({ location }: Partial<MemberModel>, type: string, value: unknown): boolean {
  if (location === undefined) return true;
  if (value === undefined) return location === 'querystring';
  if (typeof value === 'number') return location === 'querystring' && type !== 'string';
  return typeof value === 'string' && value.isWellFormed() && !(location === 'uri' && value === '');
}

/** Sends a request in the service's protocol. */
export function sendWire(
  url: string,
  model: ServiceModel,
  operation: string,
  request: Readonly<Record<string, unknown>>,
): Promise<RawAnswer> {
  if (model.protocol === 'json') return sendTarget(url, `${model.targetPrefix}.${operation}`, wire(request));
  const { method = '', requestUri = '' } = model.operations[operation]?.http ?? {};
  const { members = {} } = requestModel(model, operation).shape;
  const [path = '', fixed] = requestUri.split('?');
  const query = new URLSearchParams(fixed);
  const body: Record<string, unknown> = {};
  let labelled = path;
  for (const [name, value] of Object.entries(request)) {
    const { location, wireName = name } = members[name] ?? {};
    if (location === 'uri') labelled = labelled.replace(`{${wireName}}`, encodeURIComponent(String(value)));
    else if (location === undefined) body[wireName] = value;
    else if (value !== undefined) query.set(wireName, `${value as string | number}`);
  }
  const sent = method === 'GET' ? {} : { body: JSON.stringify(wire(body)) };
  return send(url, query.size === 0 ? labelled : `${labelled}?${query}`, { method, ...sent });
}

/** Bytes are base64 on the wire, and times are seconds. */
function wire(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(wire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, wire(member)]));
}

/** The head of a request: the parameters in its address, its host, its id. */
import { describe, expect, it } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { json, type Sent, send as sendTo } from '../support/http.ts';

const gateway = useGateway();

const send = (sent: Sent) => sendTo(gateway.url, sent);

function refusedWith(message: string, code: string) {
  return { errors: [{ message, extensions: { code } }] };
}

describe('the parameters in the address', () => {
  it.each(['%FF', '%C3', '%ED%A0%80', 'a%fcb', '%C0%80'])('may not be other than UTF-8: %s', async bytes => {
    const sent: Sent = {
      method: 'GET',
      path: `/graphql?query=%7B__typename%7D&variables=%7B%22a%22%3A%22${bytes}%22%7D`,
    };
    expect(await send(sent)).toMatchObject({
      status: 400,
      body: refusedWith('The parameters in the address are not valid UTF-8, percent-encoded.', 'BAD_REQUEST'),
    });
  });

  it.each([
    ['query', 'query=%7B__typename%7D&query=%7Ba%7D'],
    ['query', 'query=%7B__typename%7D&%71uery='],
    ['variables', 'query=%7B__typename%7D&variables=%7B%7D&variables=%7B%7D'],
    ['operationName', 'operationName=A&query=query+A%7B__typename%7D&operationName=A'],
    ['extensions', 'query=%7B__typename%7D&extensions=&extensions=%7B%7D&extensions='],
    ['documentId', 'documentId=a&documentId=b'],
  ])('may not name "%s" twice, as in %s', async (name, search) => {
    expect(await send({ method: 'GET', path: `/graphql?${search}` })).toMatchObject({
      status: 400,
      body: refusedWith(`The address has more than one parameter "${name}".`, 'BAD_REQUEST'),
    });
  });

  it('may name others as often as it likes, and any beside a body, which alone counts', async () => {
    const answered = { status: 200, body: { data: { __typename: 'Query' } } };
    expect(await send({ method: 'GET', path: '/graphql?query=%7B__typename%7D&a=1&a=2' })).toMatchObject(
      answered,
    );
    const posted = { ...json('{"query":"{ __typename }"}'), path: '/graphql?query=%7Ba%7D&query=%7Bb%7D' };
    expect(await send(posted)).toMatchObject(answered);
  });

  it('may have percent signs that encode nothing', async () => {
    const sent: Sent = { method: 'GET', path: '/graphql?query=%7B__typename%7D%23%C3%A9+100%' };
    expect(await send(sent)).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } });
  });
});

describe('the Host header', () => {
  it.each(['localhost', 'localhost:1', '127.0.0.1:4000', '[::1]:4000', 'LOCALHOST'])(
    'may be %s',
    async host => {
      expect(await send({ method: 'GET', path: '/health', headers: { host } })).toMatchObject({
        status: 200,
      });
    },
  );

  it.each(['rebound.example', 'localhost.rebound.example', '127.0.0.1.rebound.example:4000', '192.168.0.7'])(
    'may not be %s, so that no web page can pose as the same origin',
    async host => {
      const name = host.replace(':4000', '');
      expect(await send(json('{"query":"{ __typename }"}', { host }))).toMatchObject({
        status: 421,
        body: refusedWith(
          `This gateway serves only this machine, as localhost, and not "${name}". Set HOST to serve others.`,
          'FOREIGN_HOST',
        ),
      });
    },
  );
});

describe('the request id', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';

  it('is that of the trace, unless the caller gave another', async () => {
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    const traced = await send(json('{"query":"{ __typename }"}', { traceparent }));
    expect(traced.headers['x-request-id']).toBe(traceId);
    const named = await send(json('{"query":"{ __typename }"}', { traceparent, 'x-request-id': 'mine' }));
    expect(named.headers['x-request-id']).toBe('mine');
    expect(gateway.log.slice(-2)).toMatchObject([{ requestId: traceId }, { requestId: 'mine', traceId }]);
    expect(gateway.log.at(-2)).not.toHaveProperty('traceId');
  });

  it.each([
    `00-${traceId}-b7ad6b7169203331`,
    `00-${traceId}-b7ad6b7169203331-01-more`,
    `ff-${traceId}-b7ad6b7169203331-01`,
    `00-${traceId}-0000000000000000-01`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-${traceId.toUpperCase()}-b7ad6b7169203331-01`,
  ])('is a new one when there is no trace in what should name it: %s', async traceparent => {
    const answer = await send(json('{"query":"{ __typename }"}', { traceparent }));
    expect(answer.headers['x-request-id']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });

  it('is the one that the caller gave', async () => {
    const answer = await send(json('{"query":"{ __typename }"}', { 'x-request-id': 'abc-1:2/3' }));
    expect(answer.headers['x-request-id']).toBe('abc-1:2/3');
  });

  it.each(['', 'a b', 'a"b', 'x'.repeat(129)])(
    'is a new one when the caller gave what is unfit for logs: %s',
    async id => {
      const answer = await send({ method: 'GET', path: '/health', headers: { 'x-request-id': id } });
      expect(answer.headers['x-request-id']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    },
  );
});

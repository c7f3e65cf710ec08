import { describe, expect, test, vi } from 'vitest';
import rekognition from '../../src/aws/models/rekognition.json' with { type: 'json' };
import { Faults } from '../../src/local-aws/faults.ts';
import { awsJson } from '../../src/local-aws/protocols/aws-json.ts';
import { RequestHandler } from '../../src/local-aws/request-handler.ts';
import { RequestJournal } from '../../src/local-aws/request-journal.ts';
import { throttled } from '../../src/local-aws/services/rekognition/exceptions.ts';
import { operation, service } from '../../src/local-aws/services/service.ts';
import { Store } from '../../src/local-aws/store.ts';

/** A service whose operations write a row and then do something. */
function handlerOf(afterwards: () => object, commit?: () => void) {
  const store = new Store(':memory:');
  const rows = store.table<{ name: string }>('rows', {});
  const write = operation(() => {
    rows.put('', 'key', { name: 'row' });
    return afterwards();
  });
  const faulty = service({
    id: 'rekognition',
    model: {
      ...rekognition,
      operations: {
        Write: {
          http: { method: 'POST', requestUri: '/' },
          input: 'WriteRequest',
          output: null,
          errors: [],
        },
      },
      shapes: { WriteRequest: { type: 'structure' } },
    },
    protocol: awsJson('Test', {
      operations: new Map(),
      exceptions: new Map(),
    }),
    throttled,
    validationException: 'Invalid',
    operations: { Write: write },
    dependencies: {},
  });
  const handler = new RequestHandler({
    services: [faulty],
    store: { commit: commit ?? (() => store.commit()), rollback: () => store.rollback() },
    faults: new Faults(),
    requests: new RequestJournal(),
    clock: () => new Date(),
    wait: () => Promise.resolve(),
  });
  const send = () =>
    handler.handle({
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      target: 'Test.Write',
      authorization: 'signed',
      body: Buffer.alloc(0),
    });
  return { send, rows };
}

describe('an unexpected error', () => {
  test.each([
    [
      'in an operation',
      () =>
        handlerOf(() => {
          throw new Error('secret');
        }),
    ],
    [
      'while the changes are written',
      () =>
        handlerOf(
          () => ({}),
          () => {
            throw new Error('secret');
          },
        ),
    ],
  ])('%s is logged, hidden from the client, and undoes the changes', async (_name, make) => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const { send, rows } = make();
    const answer = await send();
    expect(answer).toEqual({
      status: 500,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-RequestId': expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
      body: '{"__type":"InternalFailure","Message":"An unexpected error happened in local AWS"}',
    });
    expect(log).toHaveBeenCalledWith(
      expect.stringContaining('met an unexpected error'),
      expect.objectContaining({ message: 'secret' }),
    );
    expect(rows.get('', 'key')).toBeUndefined();
    log.mockRestore();
  });

  test('is not what a good operation meets', async () => {
    const { send, rows } = handlerOf(() => ({ ok: true }));
    expect(await send()).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(rows.get('', 'key')).toEqual({ name: 'row' });
  });
});

import { describe, expect, test, vi } from 'vitest';
import rekognition from '../../src/aws/models/rekognition.json' with { type: 'json' };
import { Database } from '../../src/local-aws/database.ts';
import { Faults } from '../../src/local-aws/faults.ts';
import { awsJson } from '../../src/local-aws/protocols/aws-json.ts';
import { RequestJournal } from '../../src/local-aws/request-journal.ts';
import { Responder } from '../../src/local-aws/responder.ts';
import { throttled } from '../../src/local-aws/services/rekognition/exceptions.ts';
import { implement, service } from '../../src/local-aws/services/service.ts';
import { Throttle } from '../../src/local-aws/throttle.ts';

/** A service whose operation writes a row, which may have a parent, and then does something. */
function responderOf(afterwards: () => object, parent: string | null = null) {
  const database = new Database(':memory:');
  database.declare(`CREATE TABLE parents (name TEXT PRIMARY KEY);
    CREATE TABLE rows (name TEXT, parent TEXT REFERENCES parents DEFERRABLE INITIALLY DEFERRED)`);
  database.setUp(() => {});
  const write = implement(() => {
    database.run('INSERT INTO rows VALUES (:name, :parent)', { name: 'row', parent });
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
    quotas: { service: 'rekognition', operations: [], counts: 'together' },
    throttled,
    validationException: 'Invalid',
    operations: { Write: write },
    dependencies: {},
  });
  const responder = new Responder({
    world: { services: [faulty], transaction: work => database.transaction(work) },
    faults: new Faults([]),
    throttle: new Throttle(),
    requests: new RequestJournal(),
    clock: () => new Date(),
    wait: () => Promise.resolve(),
  });
  const send = () =>
    responder.respond({
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      target: 'Test.Write',
      signature: { region: 'us-east-1' },
      body: Buffer.alloc(0),
    });
  const rows = () => database.rows('SELECT name FROM rows');
  return { send, rows };
}

describe('an unexpected error', () => {
  test.each([
    [
      'in an operation',
      () =>
        responderOf(() => {
          throw new Error('secret');
        }),
      'secret',
    ],
    [
      'when the changes are to become durable',
      () => responderOf(() => ({}), 'nobody'),
      'FOREIGN KEY constraint failed',
    ],
  ])('%s is logged, hidden from the client, and undoes the changes', async (_name, make, message) => {
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
      expect.objectContaining({ message }),
    );
    expect(rows()).toEqual([]);
    log.mockRestore();
  });

  test('is not what a good operation meets', async () => {
    const { send, rows } = responderOf(() => ({ ok: true }));
    expect(await send()).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(rows()).toEqual([['row']]);
  });
});

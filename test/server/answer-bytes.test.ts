/** How many bytes one answer may have. */
import { createSchema } from 'graphql-yoga';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ThrottledError } from '../../src/errors.ts';
import { providers } from '../../src/providers/index.ts';
import { openAccess } from '../support/access.ts';
import { startTestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { startServer } from '../support/server.ts';

const typeDefs = `
  scalar Anything
  type Query { any: Anything, text: String, users(first: Int): [User!]!, refused: String }
  type User { text: String }
  type Mutation { any: Anything }
`;

/** Serves what a test says, in answers of at most so many bytes. */
async function serve(maxAnswerBytes: number, any: unknown) {
  const log: Record<string, unknown>[] = [];
  const users = Array.from({ length: 1_000 }, () => ({ text: 'x'.repeat(1_024) }));
  const refusal = { message: 'Tröst "later"', retryAfterSeconds: 7 };
  const refused = () => Promise.reject(new ThrottledError(refusal));
  const server = await startServer({
    schema: createSchema({
      typeDefs,
      resolvers: {
        Query: { any: () => any, text: () => any, users: () => users, refused },
        Mutation: { any: () => any },
      },
    }),
    gateway: { statuses: [], connected: new Map(), upstream: () => [], settleTimeoutMs: 0 },
    access: openAccess,
    logger: pino({ base: null }, { write: line => log.push(JSON.parse(line)) }),
    maxAnswerBytes,
  });
  onTestFinished(() => server.stop());
  return { url: server.url, log };
}

function aliases(field: string, count: number): string {
  return Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');
}

function asking(query: string) {
  return json(JSON.stringify({ query }));
}

function tooLarge(maximum: number) {
  return {
    status: 400,
    body: {
      errors: [
        {
          message: `The answer is too large: it has more than ${maximum} bytes. Ask for less at a time.`,
          extensions: { code: 'ANSWER_TOO_LARGE', limit: 'answerBytes', maximum },
        },
      ],
    },
  };
}

describe('the bytes of an answer', () => {
  it.each<[string, unknown, string]>([
    ['of a text', 'margaret', '{ any }'],
    ['of a text with what JSON escapes', '"\\\n\u0000\u2028', '{ any }'],
    ['of a text beyond ASCII', 'Jürgen 日本 🙂 \ud800', '{ any }'],
    ['of numbers', [0, -1.5, 1e300, 2 ** 53], '{ any }'],
    ['of what is neither', [true, false, null], '{ any }'],
    ['of lists', [[], [[]], [1, [2, 3]]], '{ any }'],
    ['of objects', { a: {}, 'ü"': { b: 1, c: undefined } }, '{ any }'],
    ['of what has a JSON of its own', { at: new Date(0) }, '{ any }'],
    ['of aliases', 'x'.repeat(99), '{ a: text b: text ccccccccccc: text }'],
    ['of errors, with their facts', null, '{ a: refused b: refused }'],
  ])('are counted to the last: %s', async (_what, any, query) => {
    const whole = await serve(1_000_000, any);
    const { body, headers } = await send(whole.url, asking(query));
    const bytes = Number(headers['content-length']);
    const exact = await serve(bytes, any);
    const tight = await serve(bytes - 1, any);
    // The second time, the document is known.
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await send(exact.url, asking(query))).toMatchObject({ status: 200, body });
      const { status, body: refused } = await send(tight.url, asking(query));
      expect({ status, body: refused }).toEqual(tooLarge(bytes - 1));
    }
    const line = { status: 400, errorCodes: ['ANSWER_TOO_LARGE'] };
    expect(tight.log.filter(({ level }) => level === 30)).toMatchObject([line, line]);
  });

  it('are counted before there is a text: one that would be longer than any text is refused, too', async () => {
    const { url } = await serve(10_485_760, 'x'.repeat(900_000));
    const { status, body } = await send(url, asking(`{ a: text users { ${aliases('text', 900)} } }`));
    expect({ status, body }).toEqual(tooLarge(10_485_760));
    const other = await send(url, asking(`{ ${aliases('text', 25)} }`));
    expect({ status: other.status, body: other.body }).toEqual(tooLarge(10_485_760));
  });

  it('of a mutation that has run are no reason to take it for refused', async () => {
    const { url } = await serve(1_024, 'x'.repeat(2_000));
    for (let sight = 1; sight <= 2; sight += 1) {
      const { status, body } = await send(url, asking('mutation { any }'));
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          data: null,
          errors: [
            {
              message:
                'The answer is too large: it has more than 1024 bytes. The mutation has run: look what it did before you repeat it.',
              extensions: { code: 'ANSWER_TOO_LARGE', limit: 'answerBytes', maximum: 1_024 },
            },
          ],
        },
      });
    }
  });

  it('may be as many as MAX_ANSWER_BYTES says', async () => {
    const gateway = await startTestGateway({ MAX_ANSWER_BYTES: '1024' });
    onTestFinished(() => gateway.stop());
    const [one, thirty] = [1, 30].map(count => `{ providers { ${aliases('name', count)} } }`) as [
      string,
      string,
    ];
    expect((await gateway.query(one)).data.providers).toHaveLength(providers.length);
    expect(await gateway.query(thirty)).toEqual(tooLarge(1_024).body);
  });
});

/** Budgets that several gateways share by a database: together they keep to AWS's quota, and use it. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Budget } from '../../src/aws/budget.ts';
import { SharedPace } from '../../src/aws/shared-pace.ts';
import { SharedDatabase } from '../../src/database/shared-database.ts';
import { Slots } from '../../src/database/slots.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';

const logger = pino({ level: 'silent' });
const options = { maxWaitMs: 60_000, places: 1_000, principalShare: 1 };

let database: OwnDatabase;
beforeAll(async () => {
  database = await ownDatabase();
});
afterAll(() => database.drop());

/** A database as a process of its own has it. */
function open(url: string): SharedDatabase {
  return new SharedDatabase({ place: { url }, secret: 'x'.repeat(32) }, logger);
}

/** The most requests within any second. */
function busiestSecond(times: readonly number[]): number {
  return Math.max(...times.map(from => times.filter(time => time >= from && time < from + 1_000).length));
}

it('Three of them let through what one may, whoever asks for how much', async () => {
  const quota = { name: randomUUID(), perSecond: 40 };
  const processes = [0, 1, 2].map(() => open(database.env.DATABASE_URL));
  const budgets = processes.map(
    each => new Budget(quota, options, new SharedPace(quota, 3, new Slots(each))),
  );
  const times: number[] = [];
  const counts = [120, 30, 10];
  await Promise.all(
    budgets.flatMap((budget, at) =>
      Array.from({ length: counts[at] ?? 0 }, async () => {
        await budget.take({});
        times.push(performance.now());
      }),
    ),
  );
  await Promise.all(processes.map(each => each.close()));
  const sorted = times.toSorted((one, other) => one - other);
  expect(sorted).toHaveLength(160);
  // On a busy machine the times are read late, by some milliseconds; each for itself would let through three times as many.
  expect(busiestSecond(sorted)).toBeLessThanOrEqual(quota.perSecond * 1.2);
  const seconds = ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / 1_000;
  expect(160 / seconds).toBeGreaterThan(quota.perSecond * 0.5);
});

it('Each keeps to its part as long as the database is away', async () => {
  const quota = { name: randomUUID(), perSecond: 30 };
  const away = open('postgres://nobody:nothing@127.0.0.1:1/nowhere');
  const budget = new Budget(quota, options, new SharedPace(quota, 3, new Slots(away)));
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      await budget.take({});
      times.push(performance.now());
    }),
  );
  await away.close();
  expect(busiestSecond(times)).toBeLessThanOrEqual(10);
});

/** Budgets of AWS's quotas, by a clock of the test's own: who goes when, who goes first, and who does not go. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Asking, Budget, type BudgetOptions } from '../../src/aws/budget.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const options: BudgetOptions = { maxWaitMs: 10_000, places: 100, principalShare: 0.5 };

function budgetOf(perSecond: number, changed: Partial<BudgetOptions> = {}) {
  const budget = new Budget({ name: 'a', perSecond }, { ...options, ...changed });
  /** What became of each, in the order in which it did, with the time. */
  const ended: string[] = [];
  const times: number[] = [];
  const ask = (name: string, asking: Asking = {}) => {
    const went = () => {
      ended.push(name);
      times.push(performance.now());
    };
    const turn = budget.take(asking);
    if (!turn) return went();
    turn.then(went, (error: { kind: string; retryAfterSeconds?: number }) => {
      ended.push(
        `${name}: ${[error.kind, error.retryAfterSeconds].filter(fact => fact !== undefined).join(' ')}`,
      );
    });
  };
  const askAll = (count: number, asking: Asking = {}, name = 'r') => {
    for (let at = 0; at < count; at += 1) ask(`${name}${at}`, asking);
  };
  return { budget, ended, times, ask, askAll };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** The most requests within any second. */
function busiestSecond(times: readonly number[]): number {
  return Math.max(...times.map(from => times.filter(time => time >= from && time < from + 1_000).length));
}

describe('The pace', () => {
  it.each([1, 5, 20, 333])('of %i a second is kept in any second, and used to the full', async perSecond => {
    const { times, askAll } = budgetOf(perSecond, { places: 10_000, principalShare: 1, maxWaitMs: 60_000 });
    askAll(perSecond * 10);
    await pass(12_000);
    expect(times).toHaveLength(perSecond * 10);
    expect(busiestSecond(times)).toBeLessThanOrEqual(perSecond);
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
    expect((perSecond * 10) / seconds).toBeGreaterThan(perSecond * 0.95);
  });

  it('is kept after pauses of any length, too', async () => {
    const { times, askAll } = budgetOf(10, { maxWaitMs: 60_000 });
    for (const pause of [0, 130, 500, 970, 1_000, 2_500, 90]) {
      askAll(8);
      await pass(pause);
    }
    await pass(10_000);
    expect(times).toHaveLength(56);
    expect(busiestSecond(times)).toBeLessThanOrEqual(10);
  });

  it('lets half of a second’s requests go at once, without a promise', () => {
    const { budget } = budgetOf(10);
    const turns = Array.from({ length: 6 }, () => budget.take({}));
    expect(turns.map(turn => turn === undefined)).toEqual([true, true, true, true, true, false]);
  });

  it('is half of what it was after a throttle, never less than an eighth, and comes back in time', async () => {
    const { budget } = budgetOf(16);
    const atPresent = () => budget.state.atPresent;
    budget.throttled();
    // Those that were under way together are one event.
    budget.throttled();
    expect(atPresent()).toBe(8);
    await pass(1_000);
    expect(atPresent()).toBeCloseTo(8.8);
    for (let at = 0; at < 10; at += 1) {
      budget.throttled();
      await pass(1_000);
    }
    budget.throttled();
    expect(atPresent()).toBe(2);
    await pass(10_000);
    expect(atPresent()).toBe(10);
    await pass(20_000);
    expect(atPresent()).toBe(16);
  });

  it('after a throttle is what requests go by', async () => {
    const { budget, ended, askAll } = budgetOf(10, { maxWaitMs: 60_000 });
    budget.throttled();
    askAll(40);
    await pass(2_000);
    expect(ended.length).toBeLessThanOrEqual(5 + 2 * 7);
    await pass(20_000);
    expect(ended).toHaveLength(40);
  });
});

describe('The queue', () => {
  it('lets changes go first, and after three of them a read', async () => {
    const { ended, ask, askAll } = budgetOf(1);
    ask('first');
    askAll(3, { reads: true }, 'read');
    askAll(7, {}, 'change');
    await pass(20_000);
    expect(ended.slice(0, 9)).toEqual(
      'first change0 change1 change2 read0 change3 change4 change5 read1'.split(' '),
    );
  });

  it('lets principals go in turns, however many of one wait', async () => {
    const { ended, ask, askAll } = budgetOf(1);
    ask('first');
    askAll(5, { principal: 'a' }, 'a');
    askAll(2, { principal: 'b' }, 'b');
    ask('c0', { principal: 'c' });
    await pass(9_500);
    expect(ended).toEqual(['first', 'a0', 'b0', 'c0', 'a1', 'b1', 'a2', 'a3', 'a4']);
  });

  it('refuses at once what would wait too long, and says when there is room', async () => {
    const { ended, ask, askAll } = budgetOf(1);
    ask('first');
    askAll(9);
    ask('late');
    ask('later', { principal: 'another' });
    await pass(0);
    // Another principal has its turn after one of the first's.
    expect(ended).toEqual(['first', 'late: overBudget 1']);
    askAll(20, { principal: 'another' });
    await pass(0);
    expect(ended.at(-1)).toMatch(/^r19: overBudget [1-9]/);
  });

  it('ends a wait that became too long because others came first', async () => {
    const { ended, ask, askAll } = budgetOf(1);
    ask('first');
    askAll(2, { reads: true }, 'read');
    for (let at = 0; at < 12; at += 1) {
      askAll(2, { principal: `${at}` }, 'change');
      await pass(1_000);
    }
    expect(ended).toContain('read0');
    expect(ended).toContain('read1');
    const { ended: others, ask: askOther, askAll: askOthers } = budgetOf(1);
    askOther('first');
    askOthers(9, { principal: 'a' }, 'a');
    askOthers(9, { principal: 'b' }, 'b');
    await pass(10_000);
    expect(others.filter(name => name.endsWith(': overBudget 1'))).not.toEqual([]);
    expect(others.filter(name => /^[ab]\d$/.test(name))).toHaveLength(9);
  });

  it('gives one principal half of the places, and the first of each principal one, whoever has the others', async () => {
    const { budget, ended, ask, askAll } = budgetOf(1, { places: 4, maxWaitMs: 60_000 });
    ask('first');
    askAll(3, { principal: 'a' }, 'a');
    askAll(2, { principal: 'b' }, 'b');
    askAll(2, { principal: 'c' }, 'c');
    await pass(0);
    expect(ended).toEqual(['first', 'a2: overBudget 1', 'c1: overBudget 1']);
    expect(budget.state.queued).toBe(5);
  });

  it('counts the changes and the reads of a principal together', async () => {
    const { ended, ask, askAll } = budgetOf(1, { places: 4, maxWaitMs: 60_000 });
    ask('first');
    ask('change', { principal: 'a' });
    askAll(2, { principal: 'a', reads: true }, 'read');
    await pass(0);
    expect(ended).toEqual(['first', 'read1: overBudget 1']);
  });

  it('is left by who is gone: nothing is spent on it, and its place is free', async () => {
    const { budget, ended, ask } = budgetOf(1, { places: 2, principalShare: 1 });
    const caller = { destroyed: false };
    ask('first');
    ask('gone0', { caller });
    ask('gone1', { caller });
    caller.destroyed = true;
    ask('second');
    await pass(1_100);
    expect(ended).toEqual(['first', 'gone0: dropped', 'gone1: dropped', 'second']);
    expect(budget.state).toMatchObject({ used: 1, queued: 0 });
    ask('gone', { caller });
    await pass(0);
    expect(ended.at(-1)).toBe('gone: dropped');
  });

  it('skips who is gone when its turn comes', async () => {
    const { ended, ask } = budgetOf(1);
    const caller = { destroyed: false };
    ask('first');
    ask('gone', { caller });
    ask('second');
    caller.destroyed = true;
    await pass(1_100);
    expect(ended).toEqual(['first', 'gone: dropped', 'second']);
  });

  it('is left by a request that is aborted', async () => {
    const { budget, ended, ask } = budgetOf(1);
    const controller = new AbortController();
    ask('first');
    ask('aborted', { signal: controller.signal });
    ask('second');
    controller.abort();
    await pass(0);
    expect(ended).toEqual(['first', 'aborted: dropped']);
    expect(budget.state.queued).toBe(1);
    await pass(1_100);
    expect(ended.at(-1)).toBe('second');
    ask('late', { signal: controller.signal });
    await pass(0);
    expect(ended.at(-1)).toBe('late: dropped');
  });

  it('lets nobody wait when it is stopped', async () => {
    const { budget, ended, ask } = budgetOf(1);
    ask('first');
    ask('waiting');
    budget.stop();
    await pass(0);
    ask('late');
    await pass(0);
    expect(ended).toEqual(['first', 'waiting: dropped', 'late: dropped']);
  });

  it('may have no places', async () => {
    const { ended, ask } = budgetOf(1, { maxWaitMs: 0 });
    ask('first');
    ask('second');
    await pass(0);
    expect(ended).toEqual(['first', 'second: overBudget 2']);
    await pass(1_100);
    ask('third');
    expect(ended.at(-1)).toBe('third');
  });
});

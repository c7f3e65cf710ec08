/** What is ready at the same look goes on together; who has much to do has a turn alone all the same. */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Gathering } from '../../src/together.ts';
import { turns } from '../../src/turns.ts';

function inSteps(group: readonly number[]): string[] {
  return ['first', 'second'].flatMap(step => group.map(at => `${step} of ${at}`));
}

test('Those that join go on together, step by step, when the look is over or there are sixteen', async () => {
  const gathering = new Gathering();
  const steps: string[] = [];
  const join = async (at: number) => {
    await new Promise<void>(go => gathering.join(go));
    steps.push(`first of ${at}`);
    await Promise.resolve();
    steps.push(`second of ${at}`);
  };
  const few = [join(0), join(1)];
  expect(steps).toEqual([]);
  await new Promise(resolve => process.nextTick(resolve));
  expect(steps).toEqual([]);
  await Promise.all(few);
  expect(steps.splice(0)).toEqual(inSteps([0, 1]));

  const many = Array.from({ length: 16 }, (_, at) => join(at));
  await new Promise(resolve => process.nextTick(resolve));
  await Promise.all(many);
  expect(steps).toEqual(inSteps([...many.keys()]));
});

test('Of those that go on together, each begins what is much when what another began is done', async () => {
  await setImmediate();
  const steps: string[] = [];
  await Promise.all(
    ['a', 'b', 'c'].map(async name => {
      await turns.together();
      await turns.take(name);
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
    }),
  );
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

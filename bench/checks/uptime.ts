/** Does anything grow with uptime? */
import { startVestibule } from '../contestants/vestibule.ts';
import { nextMessage, residentBytes } from '../processes.ts';
import { nextNumbers } from '../stage.ts';
import type { Upstream } from '../upstream/index.ts';

/** The state after some requests, each of which created another user. */
export interface UptimePoint {
  readonly requests: number;
  /** What is in use after a full garbage collection. */
  readonly heapMiB: number;
  readonly residentMiB: number;
}

export async function measureUptime(
  stub: Upstream,
  { points, durationMs }: { readonly points: number; readonly durationMs: number },
): Promise<UptimePoint[]> {
  const probe = new URL('heap-probe.ts', import.meta.url).href;
  const vestibule = await startVestibule(stub.url, {
    nodeOptions: ['--expose-gc', '--import', probe],
    channel: true,
  });
  const found: UptimePoint[] = [];
  let requests = 0;
  for (let point = 0; point < points; point += 1) {
    const job = { workload: 'create', world: { userIds: [] }, firstNumber: nextNumbers() } as const;
    const { operations } = await vestibule.measure(job, { concurrency: 32, rampMs: 0, durationMs });
    requests += operations;
    vestibule.child.send('collect');
    const { heapBytes } = await nextMessage<{ heapBytes: number }>(vestibule.child);
    found.push({
      requests,
      heapMiB: heapBytes / 2 ** 20,
      residentMiB: residentBytes(vestibule.pid) / 2 ** 20,
    });
  }
  await vestibule.stop();
  return found;
}

/** From the first point, when all code is loaded and compiled, to the last. */
export function heapGrowthMiB(points: readonly UptimePoint[]): number {
  return (points.at(-1)?.heapMiB ?? Number.NaN) - (points[0]?.heapMiB ?? Number.NaN);
}

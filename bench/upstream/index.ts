/** What stands for AWS in a run: Vestibule's local AWS, or a stub that costs less. */
import { everyMemberRequest } from '../contestants/aws-calls.ts';
import { awsEnvironment, bareEnvironment, productFolder } from '../environment.ts';
import { freePort, logFile } from '../files.ts';
import { nextMessage, pidOf, startModule, startProgram, stopProcess, untilTrue } from '../processes.ts';
import { openSignedAws } from '../signed-aws.ts';
import type { WorkloadName, World } from '../workloads.ts';

export type UpstreamKind = 'stub' | 'local';

export interface Upstream {
  readonly kind: UpstreamKind;
  readonly url: string;
  readonly pid: number;
  /** Brings the upstream into the state in which every measurement of `workload` begins. */
  prepare(workload: WorkloadName): Promise<World>;
  stop(): Promise<void>;
}

export function startUpstream(kind: UpstreamKind): Promise<Upstream> {
  return kind === 'stub' ? startStub() : startLocalAws();
}

const stubIds = Array.from(
  { length: 50 },
  (_, n) => `9067012345-0a1b2c3d-4e5f-4a6b-8c7d-${String(n).padStart(12, '0')}`,
);

/** @param latencyMs How long it takes for an answer. */
export async function startStub(latencyMs = 0): Promise<Upstream> {
  const child = startModule(new URL('stub.ts', import.meta.url), {
    name: 'stub',
    env: bareEnvironment,
    args: [String(latencyMs)],
  });
  const { url } = await nextMessage<{ url: string }>(child);
  return {
    kind: 'stub',
    url,
    pid: pidOf(child),
    prepare: async () => ({ userIds: stubIds }),
    stop: () => stopProcess(child),
  };
}

/** How many calls of an operation reached the stub since it started, such as "AWSIdentityStore.DescribeUser". */
export async function stubCalls(stub: Upstream, target: string): Promise<number> {
  const response = await fetch(`${stub.url}/_stub/calls`);
  const calls = (await response.json()) as Record<string, number>;
  return calls[target] ?? 0;
}

async function startLocalAws(): Promise<Upstream> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const output = logFile('local-aws');
  const child = startProgram(process.execPath, ['src/local-aws/main.ts'], {
    cwd: productFolder,
    env: { ...awsEnvironment(url), LOCAL_AWS_PORT: String(port), LOCAL_AWS_DATA: ':memory:' },
    stdio: ['ignore', output, output],
  });
  const aws = openSignedAws(url);
  await untilTrue('Local AWS', async () => (await fetch(`${url}/_local-aws/health`)).ok);
  return {
    kind: 'local',
    url,
    pid: pidOf(child),
    async prepare(workload) {
      // What the measurement before created would make this one slower.
      await post(`${url}/_local-aws/reset`);
      return { userIds: await seed(workload) };
    },
    async stop() {
      await aws.close();
      await stopProcess(child);
    },
  };

  async function seed(workload: WorkloadName): Promise<string[]> {
    const numbers = [...stubIds.keys()];
    if (workload === 'nodes') {
      return Promise.all(numbers.map(n => aws.createIdentityStoreUser(everyMemberRequest(n))));
    }
    if (workload === 'page') {
      const names = numbers.flatMap(n => [`listed-${n}`, `listed-too-${n}`, `listed-last-${n}`]);
      await Promise.all(names.map(name => aws.createRekognitionUser(name)));
    }
    return [];
  }
}

async function post(url: string): Promise<void> {
  const { ok, status } = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  if (!ok) throw new Error(`${url} answered with ${status}`);
}

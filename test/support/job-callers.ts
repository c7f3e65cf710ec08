/** Bulk jobs of callers with tokens, and who sees and changes them. */
import { afterAll, beforeAll, expect } from 'vitest';
import { startIssuer, type TestIssuer } from './issuer.ts';
import { type JobGateway, queryAs, startJobGateway } from './jobs.ts';
import { withToken } from './tokens.ts';

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

/** What a token says of its caller, who is Ada unless it says otherwise. */
export interface Rights {
  readonly sub?: string | undefined;
  readonly client_id?: string;
  readonly scope: string;
  readonly resources?: readonly string[];
}

/** All ways on which a job is seen. */
export const everywhere = ['node', 'nodes', 'jobs', 'jobProgress'];

export interface JobCallers {
  readonly gateway: JobGateway;
  /** Sends a document in somebody's name. */
  readonly as: (rights: Rights, document: string) => Promise<Loose>;
  /** Asks for a job that is about something, and gives its id when it has ended. */
  readonly jobOf: (rights: Rights, field: string, input: string) => Promise<string>;
  /** Tries all ways to a job, and tells on which of them there is something to see. */
  readonly seen: (rights: Rights, id: string) => Promise<readonly string[]>;
  readonly change: (name: 'cancelJob' | 'retryJob', rights: Rights, id: string) => Promise<Loose>;
}

/** A gateway that works on jobs and takes tokens, for the tests of a file. */
export function useJobCallers(env: NodeJS.ProcessEnv = {}): JobCallers {
  const gateway = {} as JobGateway;
  let issuer: TestIssuer;
  beforeAll(async () => {
    issuer = await startIssuer();
    Object.assign(gateway, await startJobGateway({ ...issuer.env, PRINCIPAL_ID: 'subject', ...env }));
  });
  afterAll(async () => {
    await gateway.stop();
    await issuer.stop();
  });

  const tokenOf = (rights: Rights) => issuer.token({ sub: 'ada', ...rights });

  const as = async (rights: Rights, document: string): Promise<Loose> =>
    queryAs(gateway, await tokenOf(rights), document);

  return {
    gateway,
    as,

    async jobOf(rights, field, input) {
      const stem = field.charAt(0).toUpperCase() + field.slice(1);
      const { data } = await as(
        rights,
        `mutation { result: ${field}(input: { ${input} }) { ... on ${stem}Success { job { id } } ... on Error { message } } }`,
      );
      expect(data.result).toEqual({ job: { id: expect.any(String) } });
      const { id } = data.result.job;
      for (;;) {
        const now = await as({ ...rights, scope: '*' }, `{ node(id: "${id}") { ... on Job { state } } }`);
        if (/^(?:COMPLETED|INVALID|PLANNED|STOPPED)$/.test(now.data.node.state)) return id;
      }
    },

    async seen(rights, id) {
      const { data, errors = [] } = await as(
        rights,
        `{ node(id: "${id}") { ... on Job { id resultsUrl rows { edges { node { position } } } } } nodes(ids: ["${id}"]) { id } jobs { edges { node { id } } } }`,
      );
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          ...withToken(await tokenOf(rights)),
          'content-type': 'application/json',
          accept: 'text/event-stream',
        },
        body: JSON.stringify({ query: `subscription { jobProgress(id: "${id}") { id } }` }),
      });
      const [event = ''] = /data: .*/.exec(await response.text()) ?? [];
      const ways = {
        node: data.node !== null,
        nodes: data.nodes[0] !== null,
        jobs: data.jobs.edges.some(({ node }: Loose) => node.id === id),
        jobProgress: event.includes(id),
      };
      // Of one's own job it is told what the token lacks.
      const code = 'sub' in rights ? 'NOT_FOUND' : 'ACCESS_DENIED';
      if (!ways.jobProgress) expect(event).toContain(`"code":"${code}"`);
      const told = errors.map(({ path, extensions }: Loose) => ({ path, code: extensions.code }));
      const refused = ways.node || 'sub' in rights ? [] : [['node'], ['nodes', 0]];
      expect(told).toEqual(refused.map(path => ({ path, code: 'ACCESS_DENIED' })));
      return Object.entries(ways).flatMap(([way, isOpen]) => (isOpen ? [way] : []));
    },

    async change(name, rights, id) {
      const { data } = await as(
        rights,
        `mutation { ${name}(input: { id: "${id}" }) { __typename ... on Error { message } ... on AccessDeniedError { scope } } }`,
      );
      return data[name];
    },
  };
}

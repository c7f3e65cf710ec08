/** What `ops/kubernetes` would have a cluster run, held to Kubernetes' own schemas and to what the gateway has. */
import { readFileSync } from 'node:fs';
import { Deployment } from 'kubernetes-models/apps/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service, ServiceAccount } from 'kubernetes-models/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { documentedVariables } from '../src/config/index.ts';
import { startTestGateway, type TestGateway } from './support/gateway.ts';

const kinds = { ServiceAccount, Deployment, Service, PodDisruptionBudget } as const;

interface Manifest {
  readonly kind: keyof typeof kinds;
}

const text = readFileSync('ops/kubernetes/vestibule.yaml', 'utf8');
const manifests = parseAllDocuments(text).map(document => document.toJS() as Manifest);

const deployment = new Deployment(manifests.find(({ kind }) => kind === 'Deployment') as never);
const [container] = deployment.spec?.template.spec?.containers ?? [];
const variables = new Map(container?.env?.map(({ name, value }) => [name, value]));

it.each(manifests)('The $kind keeps to the schema of Kubernetes', manifest => {
  const Kind = kinds[manifest.kind];
  const object = new Kind(manifest as never);
  expect(() => object.validate()).not.toThrow();
});

it('A manifest that does not keep to it is refused', () => {
  const wrong = new Deployment({ spec: { replicas: 'two' } } as never);
  expect(() => wrong.validate()).toThrow('replicas');
});

describe('The container', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it('is given variables that the gateway reads', () => {
    const groups = Object.values(documentedVariables);
    const known = new Set(groups.flatMap(group => Object.values(group).map(({ name }) => name)));
    expect([...variables.keys()].filter(name => !known.has(name))).toEqual([]);
  });

  it('has a heap by which the gateway bounds what bodies can become', () => {
    // Node.js takes half of it for its heap.
    expect(container?.resources?.limits).toEqual({ memory: '1Gi' });
    expect(container?.env?.filter(({ name }) => /BYTES|NODE_OPTIONS/.test(name))).toEqual([]);
  });

  it('has as many replicas as it divides the quotas by', () => {
    expect(variables.get('REPLICAS')).toBe(String(deployment.spec?.replicas));
  });

  it('has the ports that the gateway listens on', () => {
    expect(container?.ports).toEqual([
      { name: 'http', containerPort: Number(documentedVariables['Server']?.['port']?.fallback) },
      { name: 'metrics', containerPort: Number(variables.get('METRICS_PORT')) },
    ]);
  });

  it.each(['livenessProbe', 'readinessProbe'] as const)('has a %s that the gateway answers', async probe => {
    const { path } = container?.[probe]?.httpGet ?? {};
    expect((await fetch(`${gateway.url}${path}`)).status).toBe(200);
  });
});

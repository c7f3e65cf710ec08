/** Every service model of the project, as the files have it. */
import { readdirSync, readFileSync } from 'node:fs';
import { type ServiceModel, shapeModel } from '../../src/aws/models/model.ts';

const folder = new URL('../../src/aws/models/', import.meta.url);

export const models: readonly ServiceModel[] = readdirSync(folder)
  .filter(file => file.endsWith('.json'))
  .map(file => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as ServiceModel);

/** A shape's name and those of all that it holds. */
export function shapesIn(model: ServiceModel, ...roots: readonly (string | null)[]): string[] {
  const names = new Set<string>();
  const visit = (name: string | null | undefined): void => {
    if (name == null || names.has(name)) return;
    names.add(name);
    const { members = {}, member, key, value } = shapeModel(model, name);
    for (const held of [...Object.values(members).map(({ shape }) => shape), member, key, value]) visit(held);
  };
  for (const root of roots) visit(root);
  return [...names];
}

/** The patterns of the shapes in requests. */
export function requestPatterns(): string[] {
  const patterns = models.flatMap(model => {
    const requests = Object.values(model.operations).map(({ input }) => input);
    return shapesIn(model, ...requests).map(name => shapeModel(model, name).pattern);
  });
  return [...new Set(patterns)].filter(pattern => pattern !== undefined);
}

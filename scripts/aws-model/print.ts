/** The model files' form: one line for each operation, exception and shape, so that an update is a readable diff. */
import type { ServiceModel } from '../../src/aws/models/model.ts';

/** A model as the text of its file. */
export function print(model: ServiceModel): string {
  const parts = Object.entries(model).map(([name, value]) => ` ${line(name)}: ${section(value)}`);
  return `{\n${parts.join(',\n')}\n}\n`;
}

function section(value: unknown): string {
  if (typeof value !== 'object' || value === null) return line(value);
  const lines = Object.entries(value).map(([name, entry]) => `  ${line(name)}: ${line(entry)}`);
  return `{\n${lines.join(',\n')}\n }`;
}

/** JSON on one line, with spaces between its parts. */
function line(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(line).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, entry]) => `${JSON.stringify(name)}: ${line(entry)}`);
  return `{${parts.join(', ')}}`;
}

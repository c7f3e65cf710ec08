/** The environment variables as tables of Markdown. */
import type { Variables } from '../../src/config/variable.ts';
import { code, table } from './markdown.ts';

/** A section with a table for each group of variables. */
export function variableTables(groups: Readonly<Record<string, Variables>>): string {
  return Object.entries(groups)
    .map(([title, group]) => {
      const rows = Object.values(group).map(({ name, type, fallback, meaning }) => [
        code(name),
        type,
        fallback || 'none',
        meaning,
      ]);
      return `### ${title}\n\n${table(['variable', 'type', 'default', 'meaning'], rows)}`;
    })
    .join('\n\n');
}

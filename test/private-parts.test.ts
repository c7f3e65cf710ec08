/** Holds docs/private-parts.md to the code and to what is installed. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Row {
  readonly packages: readonly string[];
  readonly what: string;
  /** What stands in the code. */
  readonly names: readonly string[];
  readonly usedIn: readonly string[];
  readonly tests: readonly string[];
}

const text = readFileSync('docs/private-parts.md', 'utf8');
const sections = text.split(/^## /m).slice(1);
const installed: Record<string, { version: string }> = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
).packages;

const headings = sections.flatMap(section =>
  [...(section.split('\n', 1)[0] ?? '').matchAll(/`([^`]+)` ([^ ,]+)/g)].map(
    ([, name = '', version = '']) => ({
      name,
      version,
    }),
  ),
);

const rows = sections.flatMap((section): Row[] => {
  const [heading = '', ...lines] = section.split('\n');
  const packages = [...heading.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  return lines
    .filter(line => line.startsWith('|'))
    .slice(2)
    .map(line => {
      const [, what = '', usedIn = '', , noticedBy = ''] = line.split('|').map(cell => cell.trim());
      return {
        packages,
        what,
        names: [...what.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
        usedIn: linked(usedIn),
        tests: linked(noticedBy),
      };
    });
});

function linked(cell: string): string[] {
  return [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => join('docs', target));
}

describe('The list of private parts', () => {
  it.each(headings)('is of the installed version of $name', ({ name, version }) => {
    expect(version).toBe(installed[`node_modules/${name}`]?.version);
  });

  it.each(rows)('names what the code has: $what', ({ names, usedIn }) => {
    expect(names).not.toEqual([]);
    expect(usedIn).not.toEqual([]);
    const code = usedIn.map(file => readFileSync(file, 'utf8')).join('\n');
    expect(names.filter(name => !code.includes(name))).toEqual([]);
  });

  it('names tests that exist, and says for the others who notices', () => {
    expect(rows.flatMap(({ tests }) => tests).filter(file => !existsSync(file))).toEqual([]);
    expect(rows.filter(({ tests }) => tests.length === 0).map(({ names }) => names)).toEqual([
      ['setParseFn'],
    ]);
  });

  const wholes = ['@aws-sdk/core', '@smithy/core', '@smithy/signature-v4', '@graphql-tools/executor'];

  it.each(wholes)('has a row for everything that is imported from %s', whole => {
    const listed = new Set(
      rows.filter(({ packages }) => packages.includes(whole)).flatMap(({ names }) => names),
    );
    const imported = globSync('{src,build,scripts}/**/*.ts').flatMap(file => importedFrom(whole, file));
    expect(imported).not.toEqual([]);
    expect(imported.filter(name => !listed.has(name))).toEqual([]);
  });

  it('has a section for each of the packages that ought not to be imported', () => {
    const sources = globSync('{src,build,scripts}/**/*.ts').flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/ from '((?:@smithy|@graphql-tools|@aws-sdk)\/[\w-]+)/g)].map(
        ([, name]) => name,
      ),
    );
    const known = new Set<string | undefined>([...headings.map(({ name }) => name), '@smithy/types']);
    expect(sources.filter(name => !known.has(name))).toEqual([]);
  });
});

it('All dependencies are pinned, so that nothing is updated unread', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const versions: [string, string][] = Object.entries({ ...dependencies, ...devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

/** The values, not the types, that a file imports from a package or a part of it. */
function importedFrom(name: string, file: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(/^import (?!type )\{([^}]*)\} from '([^']+)'/gm);
  return [...imports]
    .filter(([, , from = '']) => from === name || from.startsWith(`${name}/`))
    .flatMap(([, names = '']) => names.split(','))
    .map(each => each.trim().split(' as ')[0] ?? '')
    .filter(each => each !== '' && !each.startsWith('type '));
}

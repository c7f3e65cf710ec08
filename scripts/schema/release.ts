/**
 * The schema of the last release, which the code is compared with: in a file of its own, because a clone may have no
 * tags or no history, and an archive of the sources has no git.
 */
import { hash } from 'node:crypto';

export interface Release {
  readonly version: string;
  readonly sdl: string;
}

export function printRelease({ version, sdl }: Release): string {
  return [
    `# The schema of release ${version}, as clients know it. "npm version" moves it forward; nothing else may change it.`,
    `# SHA-256 of what follows: ${hash('sha256', sdl)}`,
    '',
    sdl,
  ].join('\n');
}

/** Reads what {@link printRelease} printed, or undefined when somebody changed it since. */
export function parseRelease(text: string): Release | undefined {
  const [, version = '', sdl = ''] = /^# The schema of release (\S+),.*\n#.*\n\n([^]*)$/.exec(text) ?? [];
  const release = { version, sdl };
  return printRelease(release) === text ? release : undefined;
}

/** The changelog with what is unreleased as the section of a version. */
export function releaseChangelog(changelog: string, version: string, date: Date): string {
  const day = date.toISOString().slice(0, 10);
  return changelog.replace(/^## \[?Unreleased\b.*$/im, heading => `${heading}\n\n## ${version} - ${day}`);
}

/** Which files of tests may run in one process after one another: those that leave nothing behind in it. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Folders of tests that look at answers only. What the others look at, such as memory, counts and logs, is the process's. */
const ofAnswers = 'test/{adapter,auth,aws,ledger,local-aws,providers,schema}/**/*.test.ts';

/**
 * What the files after it would see: declarations of a file's own or of only some providers, its environment, its
 * handlers, and its mocks, even those that it takes back.
 */
const trace =
  /src\/schema\/(operation\/(?!registry)|builder)|from '[^']*\/providers\/[\w-]+\/|PROVIDERS|\bprocess\.(?!ts|platform)|\bvi\.(?!waitFor)/;

const relativeImport = /\b(?:from |import[ (])'(\.[^']+)'/g;

/** The files that may share a process, as paths in the folder of the project. */
export function filesWithoutTraces(root: string): string[] {
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  function leavesTraces(file: string): boolean {
    // A set that grows while it is walked through: the file and all that it imports of the tests.
    const files = new Set([file]);
    for (const each of files) {
      const text = read(each);
      if (trace.test(text)) return true;
      for (const [, to = ''] of text.matchAll(relativeImport)) {
        const imported = path.join(path.dirname(each), to);
        if (imported.startsWith('test')) files.add(imported);
      }
    }
    return false;
  }
  return globSync(ofAnswers, { cwd: root }).filter(
    file => !file.endsWith('.slow.test.ts') && !leavesTraces(file),
  );
}

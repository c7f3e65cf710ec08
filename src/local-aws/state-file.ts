/** Where the state is kept: its folder is made, and why a folder cannot hold it is said in one line. */
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FolderInUseError, StartupError } from './startup-error.ts';

/** SQLite's numbers of results: https://sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_CANTOPEN = 14;

/** A database in memory, or the file of the state. */
export class StateFile {
  readonly #data: string;
  readonly #path: string;

  /** @param data A folder, or `:memory:`. */
  constructor(data: string) {
    this.#data = data;
    this.#path = data === ':memory:' ? data : join(resolve(data), 'state.db');
  }

  /** @throws StartupError when the file cannot be opened */
  open(): DatabaseSync {
    if (this.#path === this.#data) return new DatabaseSync(this.#path);
    try {
      makeFolder(dirname(this.#path));
      return openDatabase(this.#path);
    } catch (error) {
      throw new StartupError(
        `${this.#setting} cannot hold the state of local AWS: ${reasonOf(error)}. Set LOCAL_AWS_DATA to another folder, or to :memory:.`,
        { cause: error },
      );
    }
  }

  /** What to say of a file that was opened and cannot be worked with. */
  unusable(error: unknown): StartupError {
    if (resultOf(error) === SQLITE_BUSY) {
      const address = this.#address();
      const other = `another local AWS${address === undefined ? '' : `, at ${address},`}`;
      return new FolderInUseError(
        `${this.#setting} is in use: ${other} keeps its state in ${this.#path}. Use or stop that one, or set LOCAL_AWS_DATA to another folder, or to :memory:.`,
        { address, cause: error },
      );
    }
    return new StartupError(
      `${this.#setting} cannot be used: the state of local AWS in ${this.#path}: ${reasonOf(error)}. Move the file away to start afresh, or set LOCAL_AWS_DATA to another folder, or to :memory:.`,
      { cause: error },
    );
  }

  /** Tells others that find the folder in use where that is served which uses it. */
  announce(address: string): void {
    if (this.#path !== this.#data) writeFileSync(this.#addressPath, `${address}\n`);
  }

  /** Whoever works on the file wrote it; it may be from one that was killed, and only counts while the file is in use. */
  #address(): string | undefined {
    try {
      return readFileSync(this.#addressPath, 'utf8').trim() || undefined;
    } catch {
      return undefined;
    }
  }

  get #addressPath(): string {
    return join(dirname(this.#path), 'address');
  }

  get #setting(): string {
    return `LOCAL_AWS_DATA=${JSON.stringify(this.#data)}`;
  }
}

/**
 * Makes a folder and those above it. Node's own `recursive` makes the parent and tries again whenever the system says that
 * there is no such folder: for ever under /proc, where the system says so although the parent is there.
 */
function makeFolder(path: string): void {
  if (!statSync(path, { throwIfNoEntry: false })) {
    makeFolder(dirname(path));
    try {
      mkdirSync(path);
    } catch (error) {
      // Another process may have made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  if (!statSync(path).isDirectory()) throw new Error(`${path} is no folder`);
}

/** Opens a file, or makes it. SQLite does not tell why the system cannot open a file; the system does. */
function openDatabase(path: string): DatabaseSync {
  // SQLite opens anything, and then says of a pipe or a device that the disk fails.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new Error(`${path} is no file`);
  try {
    return new DatabaseSync(path);
  } catch (error) {
    if (resultOf(error) === SQLITE_CANTOPEN) closeSync(openSync(path, 'a+'));
    throw error;
  }
}

function resultOf(error: unknown): unknown {
  return (error as { readonly errcode?: unknown }).errcode;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

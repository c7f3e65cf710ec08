/**
 * A file of lines, each of which is written when its promise resolves. Lines that come together are one write.
 *
 * A regular file is written in the thread that asks: the system takes some lines into its memory in 4 µs, where another
 * thread took 35 µs of CPU time to do it and to say so. What may have its writer wait for long, as a disk that is to have the
 * lines and a pipe do, is written by another thread.
 */
import { close, constants, fstat, fsync, open, read, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';

const [openFile, closeFile, syncFile, statFile, readFile, writeFile] = [
  promisify(open),
  promisify(close),
  promisify(fsync),
  promisify(fstat),
  promisify(read),
  promisify(write),
];

const ABANDONED = 'It took nothing for half a second, while the process was to end.';

/** What a pipe takes as one piece, on any system: https://pubs.opengroup.org/onlinepubs/9799919799/functions/write.html */
const PIPE_BUF = 4_096;

/** A pipe that its reader empties too slowly takes nothing for a while. */
const FULL_PIPE_PAUSE_MS = 10;

const STDOUT = 1;

const LINE_END = 0x0a;

/** How long what is written to may take nothing, once nobody can wait for it any more. */
const LAST_WRITE_MS = 500;

/** Lines that are written together, and what becomes of all of them. */
interface Batch {
  readonly lines: string[];
  readonly written: PromiseWithResolvers<void>;
}

/** A batch that another thread writes, and how far that has come. */
interface Writing {
  readonly batch: Batch;
  progress: Progress;
}

/** Lines that could not be written; others that were to be written with them may have been. */
export class NotWritten extends Error {
  readonly lines: ReadonlySet<string>;

  constructor(lines: readonly string[], cause: unknown) {
    super(cause instanceof Error ? cause.message : undefined, { cause });
    this.lines = new Set(lines);
  }
}

export class Lines {
  /** Undefined for standard output. */
  readonly #path: string | undefined;
  readonly #durable: boolean;
  #file = STDOUT;
  /** Whether it is a regular one. */
  #regular = false;
  /** Whether the file may end in the middle of a line. */
  #torn = false;
  /** What is written to from the next write on. */
  #next: { readonly file: number; readonly regular: boolean; readonly torn: boolean } | undefined;
  /** What waits to be written. */
  #waiting: Batch | undefined;
  #busy: Promise<void> | undefined;
  #writing: Writing | undefined;
  #isHurried = false;
  #patience: NodeJS.Timeout | undefined;
  /** Whether nothing is written any more, since what is written to took nothing for too long at the end. */
  #isAbandoned = false;

  /**
   * @param path Undefined for standard output.
   * @param durable Whether a line counts as written when the disk has it, not when the system has.
   */
  constructor(path: string | undefined, durable: boolean) {
    this.#path = path;
    this.#durable = durable;
  }

  /** Whether it is not standard output. */
  get isFile(): boolean {
    return this.#path !== undefined;
  }

  /** Opens the file anew, which may have been moved away; the lines before are in the old one. */
  async open(): Promise<void> {
    if (this.#path === undefined) return;
    const file = await openFile(
      this.#path,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
      0o600,
    );
    const stat = await statFile(file);
    const regular = stat.isFile();
    const torn = regular && stat.size > 0 && !(await endsLine(this.#path, stat.size));
    this.#next = { file, regular, torn };
    if (!this.#busy) await this.#turnOver();
  }

  /**
   * Writes a line, given without its end.
   *
   * @throws NotWritten
   */
  write(line: string): Promise<void> {
    if (this.#isAbandoned) return Promise.reject(new NotWritten([line], new Error(ABANDONED)));
    if (!this.#waiting) {
      this.#waiting = { lines: [], written: Promise.withResolvers() };
      // At the end of the turn: what other requests have to say in it goes along.
      if (!this.#busy) setImmediate(() => this.#start());
    }
    this.#waiting.lines.push(line);
    return this.#waiting.written.promise;
  }

  /**
   * Waits for what is written to only as long as it takes something: a pipe that nobody reads, or a disk that hangs, would keep
   * a process that ends for ever, and callers from being told what is known.
   */
  hurry(): void {
    this.#isHurried = true;
    this.#bePatient();
  }

  /** Closes the file when all is written, or nobody waits for that any more. */
  async close(): Promise<void> {
    while ((this.#busy || this.#waiting) && !this.#isAbandoned) {
      await Promise.race([this.#busy, this.#writing?.batch.written.promise.catch(() => {})]);
      await new Promise(resolve => setImmediate(resolve));
    }
    clearTimeout(this.#patience);
    if (this.#isAbandoned) return;
    if (this.#file !== STDOUT) await closeFile(this.#file);
  }

  #start(): void {
    const batch = this.#waiting;
    if (this.#busy || !batch || this.#isAbandoned) return;
    this.#waiting = undefined;
    if (this.#regular && !this.#durable && !this.#next) {
      this.#writeAtOnce(batch);
      return;
    }
    this.#busy = this.#writeAll(batch).finally(() => {
      this.#busy = undefined;
      this.#start();
    });
    this.#bePatient();
  }

  /** From now on, or from the last that was taken. */
  #bePatient(): void {
    if (!this.#isHurried || !this.#busy) return;
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#abandon(), LAST_WRITE_MS);
  }

  #abandon(): void {
    if (!this.#busy) return;
    this.#isAbandoned = true;
    const error = new Error(ABANDONED);
    const { batch, progress } = this.#writing ?? {};
    if (batch && progress) batch.written.reject(new NotWritten(linesAfter(progress, batch.lines), error));
    this.#waiting?.written.reject(new NotWritten(this.#waiting.lines, error));
  }

  async #turnOver(): Promise<void> {
    if (!this.#next) return;
    const before = this.#file;
    this.#file = this.#next.file;
    this.#regular = this.#next.regular;
    this.#torn = this.#next.torn;
    this.#next = undefined;
    if (before !== STDOUT) await closeFile(before);
  }

  #writeAtOnce({ lines, written }: Batch): void {
    const progress = this.#progress();
    try {
      for (const bytes of this.#pieces(lines)) {
        for (let done = 0; done < bytes.length; ) {
          const count = writeSync(this.#file, bytes, done);
          done += count;
          this.#advance(progress, bytes, done, count);
        }
      }
      written.resolve();
    } catch (error) {
      written.reject(new NotWritten(linesAfter(progress, lines), error));
    }
  }

  async #writeAll(batch: Batch): Promise<void> {
    const { lines, written } = batch;
    const writing: Writing = { batch, progress: this.#progress() };
    this.#writing = writing;
    try {
      if (this.#next) {
        await this.#turnOver();
        writing.progress = this.#progress();
      }
      for (const bytes of this.#pieces(lines)) await this.#writePiece(bytes, writing.progress);
    } catch (error) {
      written.reject(new NotWritten(linesAfter(writing.progress, lines), error));
      return;
    }
    try {
      if (this.#durable && this.#path !== undefined) {
        // The disk has nothing of it yet.
        writing.progress = { ofLines: 0 };
        await syncFile(this.#file);
      }
      written.resolve();
    } catch (error) {
      written.reject(new NotWritten(lines, error));
    }
  }

  #progress(): Progress {
    return { ofLines: this.#torn ? -1 : 0 };
  }

  /** Takes down that so many more bytes of a piece were written, which are `done` now. */
  #advance(progress: Progress, bytes: Buffer, done: number, count: number): void {
    progress.ofLines += count;
    this.#torn = bytes[done - 1] !== LINE_END;
  }

  /** A pipe may have another writer, such as the log: what is written as one piece stays together. */
  #pieces(lines: readonly string[]): readonly Buffer[] {
    const ended = lines.map(line => `${line}\n`);
    if (this.#torn) ended.unshift('\n');
    if (this.#regular) return [Buffer.from(ended.join(''))];
    const pieces: string[] = [];
    for (const line of ended) {
      const last = pieces.at(-1);
      if (last === undefined || Buffer.byteLength(last + line) > PIPE_BUF) pieces.push(line);
      else pieces[pieces.length - 1] = last + line;
    }
    return pieces.map(piece => Buffer.from(piece));
  }

  async #writePiece(bytes: Buffer, progress: Progress): Promise<void> {
    for (let done = 0; done < bytes.length && !this.#isAbandoned; ) {
      try {
        const { bytesWritten } = await writeFile(this.#file, bytes, done, bytes.length - done, null);
        done += bytesWritten;
        this.#advance(progress, bytes, done, bytesWritten);
        this.#bePatient();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
        await new Promise(resolve => setTimeout(resolve, FULL_PIPE_PAUSE_MS));
      }
    }
  }
}

/** How far writing has come: how many bytes of lines, without the line end that is put before them where one was torn. */
interface Progress {
  ofLines: number;
}

/** The lines of which not everything was written. */
function linesAfter({ ofLines }: Progress, lines: readonly string[]): readonly string[] {
  let end = 0;
  return lines.filter(line => {
    end += Buffer.byteLength(line) + 1;
    return end > ofLines;
  });
}

/** Whether a file of this size ends with the end of a line; otherwise whoever wrote it last was interrupted. */
async function endsLine(path: string, size: number): Promise<boolean> {
  const reader = await openFile(path, 'r');
  try {
    const last = Buffer.alloc(1);
    await readFile(reader, last, 0, 1, size - 1);
    return last.toString() === '\n';
  } finally {
    await closeFile(reader);
  }
}

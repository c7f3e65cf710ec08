/** Tells what jobs have come to, as it changes. */

import { hasEnded } from './ended.ts';
import type { Progress } from './job-queries.ts';
import type { JobRecord } from './job-store.ts';
import { Newest } from './newest.ts';

/** How often a job is looked at that somebody watches, however many do. */
const LOOK_MS = 500;

/** A job, and what its rows have come to. */
export interface JobLook {
  readonly job: JobRecord;
  readonly progress: Progress;
}

/** Looks at a job; undefined when there is none any more. */
export type LookAtJob = (id: string) => Promise<JobLook | undefined>;

interface Watcher {
  readonly jobs: Newest<JobRecord>;
  /** What it was told last. */
  seen: string;
}

/** A job that somebody watches. */
interface Watched {
  readonly watchers: Set<Watcher>;
  readonly timer: NodeJS.Timeout;
}

export class JobWatch {
  readonly #look: LookAtJob;
  readonly #watched = new Map<string, Watched>();

  constructor(look: LookAtJob) {
    this.#look = look;
  }

  /** How many jobs are looked at. */
  get size(): number {
    return this.#watched.size;
  }

  /** A job as it is now, then as often as it has changed, until it has ended or is gone. */
  watch(now: JobLook): AsyncIterableIterator<JobRecord> {
    const { id } = now.job;
    const watcher: Watcher = { jobs: new Newest(() => this.#leave(id, watcher)), seen: '' };
    this.#join(id, watcher);
    tell(watcher, now);
    return watcher.jobs;
  }

  #join(id: string, watcher: Watcher): void {
    let watched = this.#watched.get(id);
    if (!watched) {
      watched = { watchers: new Set(), timer: this.#lookRegularly(id) };
      this.#watched.set(id, watched);
    }
    watched.watchers.add(watcher);
  }

  #leave(id: string, watcher: Watcher): void {
    const watched = this.#watched.get(id);
    if (!watched?.watchers.delete(watcher) || watched.watchers.size > 0) return;
    clearInterval(watched.timer);
    this.#watched.delete(id);
  }

  #lookRegularly(id: string): NodeJS.Timeout {
    let isLooking = false;
    const look = async () => {
      if (isLooking) return;
      isLooking = true;
      try {
        const now = await this.#look(id);
        for (const watcher of this.#watchersOf(id)) {
          if (now) tell(watcher, now);
          else watcher.jobs.complete();
        }
      } catch (error) {
        for (const watcher of this.#watchersOf(id)) watcher.jobs.fail(error);
      } finally {
        isLooking = false;
      }
    };
    return setInterval(() => void look(), LOOK_MS);
  }

  /** They leave while they are told. */
  #watchersOf(id: string): readonly Watcher[] {
    return [...(this.#watched.get(id)?.watchers ?? [])];
  }
}

function tell(watcher: Watcher, now: JobLook): void {
  const seen = JSON.stringify([now.job, now.progress]);
  if (seen === watcher.seen) return;
  watcher.seen = seen;
  watcher.jobs.put(now.job);
  if (hasEnded(now.job.state)) watcher.jobs.complete();
}

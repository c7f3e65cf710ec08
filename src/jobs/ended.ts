/** Which states of jobs are ends. */
import type { JobState } from './job-store.ts';

const ENDED = ['INVALID', 'PLANNED', 'STOPPED', 'FAILED', 'CANCELLED', 'COMPLETED'] as const;

/** Whether nothing more happens to a job by itself. */
export function hasEnded(state: JobState): boolean {
  return (ENDED as readonly JobState[]).includes(state);
}

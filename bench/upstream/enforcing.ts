/** Local AWS that enforces quotas, with a count of what came: its own journal keeps the latest thousand requests only. */
import { readQuotas } from '../../src/aws/models/quotas.ts';
import { type LocalAws, startLocalAws } from '../../src/local-aws/index.ts';

export interface EnforcingAws {
  readonly localAws: LocalAws;
  /** When each request came that was let through, a reading of `performance.now()`. */
  readonly admitted: readonly number[];
  /** The same of those that were not. */
  readonly throttled: readonly number[];
}

/** @param list What is enforced, as the variable `LOCAL_AWS_QUOTAS` says it. */
export async function startEnforcingAws(list: string): Promise<EnforcingAws> {
  const admitted: number[] = [];
  const throttled: number[] = [];
  const quotas = readQuotas(list, false);
  const localAws = await startLocalAws({ ...(quotas && { quotas }) });
  const { throttle } = localAws;
  const admits = throttle.admits.bind(throttle);
  throttle.admits = (service, operation) => {
    const isAdmitted = admits(service, operation);
    (isAdmitted ? admitted : throttled).push(performance.now());
    return isAdmitted;
  };
  return { localAws, admitted, throttled };
}

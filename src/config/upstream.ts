/** The variables of the way to AWS: how much is asked of it, and of this process for it. */
import { quotasType, readQuotas } from '../aws/models/quotas.ts';
import { choice, optionalText, wholeNumber } from './variable.ts';

const quotas = {
  type: quotasType,
  read: (list: string) => (readQuotas(list, false) ? list : undefined),
};

export const upstream = {
  budgets: optionalText(
    'AWS_BUDGETS',
    quotas,
    'aws with real AWS, off with local AWS',
    'How many requests a second go to AWS; others wait for their turn, changes before reads, and the callers in turns. What is named replaces AWS’s number; an operation that is named no longer counts with its service.',
  ),
  replicas: wholeNumber(
    'REPLICAS',
    { min: 1, max: 1_000, fallback: 1 },
    'How many gateways share the quotas of the AWS account: each takes its part of the budgets.',
  ),
  sharedBudgets: choice(
    'SHARED_BUDGETS',
    ['auto', 'on', 'off'],
    'auto',
    'Whether gateways that share a database share the budgets, too, by asking it for turns; auto: if `DATABASE_URL` is given. Asking is a part of the wait for a turn. While it cannot be asked, each takes its part, as `REPLICAS` says.',
  ),
  maxWaitMs: wholeNumber(
    'AWS_BUDGET_WAIT_MS',
    { min: 0, max: 600_000, fallback: 30_000 },
    'How long an attempt of a call may wait for its turn in a budget, in milliseconds; what would wait longer is a `ThrottledError` at once.',
  ),
  places: wholeNumber(
    'AWS_BUDGET_PLACES',
    { min: 0, max: 100_000, fallback: 2_000 },
    'How many attempts may wait for their turn in each budget.',
  ),
  principalShare: wholeNumber(
    'AWS_PRINCIPAL_SHARE',
    { min: 1, max: 100, fallback: 50 },
    'How many of the places of each budget, and of AWS_CONNECTION_PLACES, one caller may hold, in per cent.',
  ),
  connections: wholeNumber(
    'AWS_CONNECTIONS',
    { min: 1, max: 10_000, fallback: 500 },
    'How many connections each provider may have to AWS.',
  ),
  connectionPlaces: wholeNumber(
    'AWS_CONNECTION_PLACES',
    { min: 0, max: 100_000, fallback: 1_000 },
    'How many requests of each provider may wait for a connection, of one caller as many as AWS_PRINCIPAL_SHARE says; what comes then is a `ThrottledError` at once. The callers who have fewest connections get the next one.',
  ),
  connectionWaitMs: wholeNumber(
    'AWS_CONNECTION_WAIT_MS',
    { min: 0, max: 600_000, fallback: 10_000 },
    'How long a request may wait for a connection, in milliseconds; one that gets none is not sent, and is a `ThrottledError`.',
  ),
  failures: wholeNumber(
    'AWS_BREAKER_FAILURES',
    { min: 0, max: 10_000, fallback: 50 },
    'After how many failures in a row (time-outs, lost connections, statuses from 500 on, but no refusals) a provider is not called for a while; 0 for never.',
  ),
  openMs: wholeNumber(
    'AWS_BREAKER_OPEN_MS',
    { min: 1, max: 600_000, fallback: 5_000 },
    'How long a provider that failed so often is not called, in milliseconds, before one call tries whether it answers again.',
  ),
};

export const localAwsQuotas = optionalText(
  'LOCAL_AWS_QUOTAS',
  quotas,
  'off',
  'The requests a second that local AWS lets through; others it refuses as AWS does.',
);

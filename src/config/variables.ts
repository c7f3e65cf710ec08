/** The gateway's variables, in the groups of the documentation; those of a provider stand in its `settings.ts`. */
import { regionRule } from '../aws/sdk-settings.ts';
import { providers } from '../providers/index.ts';
import { localAwsQuotas } from './upstream.ts';
import { anyText, choice, Fault, text, wholeNumber } from './variable.ts';

const providerIds = providers.map(({ id }) => id);

/** Node.js takes longer delays for 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMEOUT_MS = 2_147_483_647;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export const server = {
  port: wholeNumber(
    'PORT',
    { min: 0, max: 65_535, fallback: 4000 },
    'The port that the gateway listens on; 0 stands for any free one.',
  ),
  host: text(
    'HOST',
    { ...anyText('a host name or address of this machine'), fallback: '127.0.0.1' },
    'The address that the gateway listens on.',
  ),
  corsOrigins: text(
    'CORS_ORIGINS',
    {
      type: 'a list, separated by commas, of origins such as https://app.example.com or http://localhost:5173',
      fallback: '',
      read: originList,
    },
    'The origins whose pages may use the gateway from a browser.',
  ),
  logLevel: choice(
    'LOG_LEVEL',
    logLevels,
    'info',
    'How much is logged. At `info`, each GraphQL operation has one line of JSON, with the codes and AWS’s ids of its errors, and none of its data.',
  ),
};

export const aws = {
  backend: choice(
    'AWS_BACKEND',
    ['local', 'aws'],
    'local',
    '`local`: the AWS that the gateway brings along; `aws`: where the configuration of the AWS SDK says.',
  ),
  providers: text(
    'PROVIDERS',
    {
      type: `a list, separated by commas, of some of ${providerIds.join(', ')}`,
      fallback: providerIds.join(','),
      read: providerList,
    },
    'The providers that are served; the fields of the others are absent from the schema.',
  ),
  region: text(
    'AWS_REGION',
    {
      type: regionRule.type,
      fallback: 'us-east-1',
      read: region => (regionRule.pattern.test(region) ? region : undefined),
    },
    'The region of local AWS. With real AWS, the SDK reads it, and takes the region of the profile when it is not set.',
  ),
  timeoutMs: wholeNumber(
    'AWS_TIMEOUT_MS',
    { min: 1, max: MAX_TIMEOUT_MS, fallback: 10_000 },
    'How long an attempt of a call may wait for the answer of AWS once it is sent, in milliseconds.',
  ),
  settleTimeoutMs: wholeNumber(
    'SETTLE_TIMEOUT_MS',
    { min: 0, max: MAX_TIMEOUT_MS, fallback: 10_000 },
    'How long the gateway tries to find out what became of a change whose answer was lost, in milliseconds; 0 for not at all.',
  ),
};

export const shutdown = {
  delayMs: wholeNumber(
    'SHUTDOWN_DELAY_MS',
    { min: 0, max: MAX_TIMEOUT_MS, fallback: 0 },
    'How long the gateway says that it is not ready, and serves all the same, after it is told to stop, in milliseconds: for load balancers to notice.',
  ),
  graceMs: wholeNumber(
    'SHUTDOWN_GRACE_MS',
    // Docker kills after 10 seconds.
    { min: 0, max: MAX_TIMEOUT_MS, fallback: 8_000 },
    'How long requests under way may take then, in milliseconds; what takes longer is answered with what is known of it.',
  ),
};

export const localAws = {
  port: wholeNumber(
    'LOCAL_AWS_PORT',
    { min: 0, max: 65_535, fallback: 0 },
    'The port of local AWS; 0 stands for any free one.',
  ),
  data: text(
    'LOCAL_AWS_DATA',
    { ...anyText('a folder, or `:memory:`'), fallback: '.local-aws' },
    'Where local AWS keeps its state.',
  ),
  quotas: localAwsQuotas,
};

function providerList(list: string): readonly string[] | undefined {
  const names = list.split(',').map(name => name.trim());
  if (!names.every(name => providerIds.includes(name))) return undefined;
  return providerIds.filter(id => names.includes(id));
}

/** Origins are compared as browsers write them, so one that is written otherwise would never be allowed. */
function originList(list: string): readonly string[] | Fault {
  const origins = list === '' ? [] : list.split(',').map(origin => origin.trim());
  return origins.map(faultOfOrigin).find(fault => fault !== undefined) ?? origins;
}

function faultOfOrigin(value: string): Fault | undefined {
  const quoted = JSON.stringify(value);
  if (value.includes('*')) return new Fault(`${quoted} would let pages in that nobody has named`);
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol)) return new Fault(`${quoted} is none`);
  return url.origin === value ? undefined : new Fault(`the origin of ${quoted} is ${url.origin}`);
}

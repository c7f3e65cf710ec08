/** The variables of what observes the gateway. */
import { anyText, optionalWholeNumber, text } from './variable.ts';

export const metrics = {
  port: optionalWholeNumber(
    'METRICS_PORT',
    { min: 0, max: 65_535 },
    'no metrics',
    'The port of the metrics for Prometheus, at `/metrics`; 0 stands for any free one.',
  ),
  host: text(
    'METRICS_HOST',
    { ...anyText('a host name or address of this machine'), fallback: '127.0.0.1' },
    'The address that the metrics are served at. Whoever reaches it can read them.',
  ),
};

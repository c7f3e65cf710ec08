/** The variables of what observes the gateway. */
import { anyText, choice, optionalText, optionalWholeNumber, text } from './variable.ts';

const exporters = ['otlp', 'console', 'none'] as const;

const httpUrl = {
  type: 'a URL that begins with http:// or https://',
  read: (given: string) => (/^https?:$/.test(URL.parse(given)?.protocol ?? '') ? given : undefined),
};

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

/** OpenTelemetry's own variables, as far as the gateway has to know them; its SDK reads them and the others itself. */
export const traces = {
  disabled: choice(
    'OTEL_SDK_DISABLED',
    ['true', 'false'],
    'false',
    'Whether there are no traces, whatever the other variables say.',
  ),
  exporter: optionalText(
    'OTEL_TRACES_EXPORTER',
    {
      type: `one of ${exporters.join(', ')}`,
      read: given => exporters.find(each => each === given),
    },
    'otlp if there is an endpoint, else none',
    'Where traces go; `console` is standard output.',
  ),
  endpoint: optionalText(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    httpUrl,
    'http://localhost:4318 if the exporter is otlp',
    'The collector; traces go to `/v1/traces` there.',
  ),
  tracesEndpoint: optionalText(
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    httpUrl,
    'none',
    'The whole address of the collector for traces, instead of that.',
  ),
  protocol: choice(
    'OTEL_EXPORTER_OTLP_PROTOCOL',
    ['http/protobuf', 'http/json'],
    'http/protobuf',
    'How traces are written.',
  ),
  serviceName: text(
    'OTEL_SERVICE_NAME',
    { ...anyText('any text'), fallback: 'vestibule' },
    'What traces call this service.',
  ),
};

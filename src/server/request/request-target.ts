import type { IncomingMessage } from 'node:http';

const absoluteForm = /^https?:\/\/([^/?#]*)([^#]*)/i;

/**
 * Brings a request whose target is a whole address, as it is sent to proxies, into the form in which all others
 * come. The address says for which host it is, whatever the Host header says (RFC 9112, 3.2.2).
 */
export function unifyTarget(request: IncomingMessage): void {
  const { url = '' } = request;
  if (url.startsWith('/')) return;
  const [, host, pathAndQuery] = absoluteForm.exec(url) ?? [];
  if (host === undefined || pathAndQuery === undefined) return;
  request.headers.host = host;
  request.url = pathAndQuery.startsWith('/') ? pathAndQuery : `/${pathAndQuery}`;
}

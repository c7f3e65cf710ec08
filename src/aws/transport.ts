/** How requests travel to AWS: one pool of keep-alive connections for all providers. */
import { UndiciHttpHandler } from '@smithy/undici-http-handler';
import { Agent } from 'undici';

/** AWS answers these operations within a second; a connection or an answer that takes longer is lost. */
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * With 200 callers and 25 ms of upstream latency, 50 connections carry 1,800 requests a second and 500 carry
 * 5,600: the limit is the number of connections, so it is set well above what AWS's quotas allow.
 */
const MAX_CONNECTIONS = 500;

/** @param timeoutMs The longest wait for the beginning of an answer, and between its parts. */
export function createTransport(timeoutMs: number): UndiciHttpHandler {
  return new UndiciHttpHandler({
    dispatcher: new Agent({
      connections: MAX_CONNECTIONS,
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    }),
  });
}

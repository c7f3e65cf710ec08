import { isIPv4 } from 'node:net';

/** Whether only this machine itself can reach what listens at this host name or address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** From where a request comes, for what is counted by addresses, and fair between senders. */
import { isIPv4, isIPv6 } from 'node:net';
import { anonymous } from '../../auth/principal.ts';
import { detachedText } from '../../detached-text.ts';
import type { Exchange } from '../exchange.ts';

/**
 * The address that the outermost of the operator's own proxies saw; an IPv6 address counts with all of its network, /64,
 * of which one host may have every address.
 *
 * @param proxies How many of them add to x-forwarded-for the address that they see. What stands before is the client's
 *   own word, and may be anything.
 */
export function clientAddress({ caller, forwardedFor = '' }: Exchange, proxies: number): string {
  const forwarded = forwardedFor.split(',').at(-proxies)?.trim() ?? '';
  const isTold = proxies > 0 && (isIPv4(forwarded) || isIPv6(forwarded));
  return networkOf(isTold ? detachedText(forwarded) : (caller.remoteAddress ?? 'unknown'));
}

/**
 * Who sent a request, for what is fair between senders: the principal, and where nobody is asked who it is, the address.
 *
 * @param proxies See {@link clientAddress}.
 */
export function senderOf(exchange: Exchange, proxies: number): string {
  const { principal } = exchange;
  return principal === anonymous ? `address ${clientAddress(exchange, proxies)}` : principal.id;
}

/** What an address counts as: IPv4 addresses may be written as IPv6 ones. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':');
}

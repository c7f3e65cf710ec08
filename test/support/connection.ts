import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * Connects to a server, for what is sent by hand; the connection ends with the test. A server may reset it, as those do that end
 * or have no room: whoever reads it finds it closed, and the run of all tests does not fail.
 *
 * @param localAddress An address of this machine to connect from.
 */
export function connectTo(url: string | URL, localAddress = '127.0.0.1'): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), localAddress });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

/**
 * A server that answers a create after a fixed amount of work, with next to no garbage: what its latency varies by
 * is the machine's doing. Its argument is the memory that it works in, in MiB; without memory, it only calculates.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from './announce.ts';

/** What a create takes of Vestibule, about. */
const WORK_MS = 0.07;

const CALIBRATION_MS = 300;

const mebibytes = Number(process.argv[2]);
const cells = new Int32Array(Math.max(1, mebibytes * 2 ** 18)).map((_, n) => Math.imul(n, 2_654_435_761));
let place = 1;

/** Each step depends on the one before, so that no processor can do two at once. */
function step(): void {
  place = (Math.imul(place, 31) + 7 + (cells[place] as number)) & (cells.length - 1);
  cells[place] = (cells[place] as number) + 1;
}

const stepsPerRequest = Math.round(stepsPerMillisecond() * WORK_MS);

const answer = JSON.stringify({ data: { create: { __typename: 'CreateRekognitionUserSuccess' } } });

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    for (let n = 0; n < stepsPerRequest; n += 1) step();
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
});

function stepsPerMillisecond(): number {
  const from = performance.now();
  let steps = 0;
  while (performance.now() - from < CALIBRATION_MS) {
    for (let n = 0; n < 1_000; n += 1) step();
    steps += 1_000;
  }
  return steps / (performance.now() - from);
}

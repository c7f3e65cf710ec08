/** Requests signed by hand, over undici: the floor. */
import { openSignedAws } from '../signed-aws.ts';
import { serveLoop } from './loop-process.ts';

const [, , endpoint = ''] = process.argv;

serveLoop(openSignedAws(endpoint));

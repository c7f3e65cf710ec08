import { readConfig } from '../../src/config/index.ts';

/** The limits of a gateway to whose operator they are all the same. */
export const { limits: usualLimits } = readConfig({});

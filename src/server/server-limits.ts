/** What bounds requests; the configuration says how much of each. */
import type { Rate } from './rate.ts';

/** Bounds on what one document may ask for. */
export interface DocumentLimits {
  readonly maxTokens: number;
  readonly maxDirectives: number;
  readonly maxRootFields: number;
  readonly maxDepth: number;
  readonly maxFields: number;
}

/** All bounds on requests. */
export interface ServerLimits extends DocumentLimits {
  readonly maxBodyBytes: number;
  readonly maxUploadBytes: number;
  readonly maxUploadFiles: number;
  readonly maxAnswerValues: number;
  readonly maxUpstreamCalls: number;
  readonly maxDatabaseReads: number;
  readonly maxUpstreamBytes: number;
  readonly requestTimeoutMs: number;
  readonly maxInFlight: number;
  readonly maxBodyBytesInFlight: number;
  readonly maxUpstreamBytesInFlight: number;
  readonly maxAnswerValuesInFlight: number;
  readonly maxSubscriptions: number;
  readonly rate: Rate | 'off';
  readonly rateBurst: number;
  readonly badTokenRate: Rate | 'off';
  readonly trustedProxies: number;
}

/** What the server answers at; everything else is not found. */
export const GRAPHQL_PATH = '/graphql';
export const HEALTH_PATH = '/health';
export const LIVE_PATH = '/health/live';
export const READY_PATH = '/health/ready';

/** Whether this gateway is to be sent requests. */

interface ProviderReport {
  readonly status: string;
}

/** What is known of the providers, by their ids. */
export type ProviderReports = Readonly<Record<string, ProviderReport>>;

export interface Readiness {
  readonly ready: boolean;
  readonly report: { readonly status: string; readonly providers: ProviderReports };
}

/**
 * One provider that fails is no reason to send nobody here: the others are served, and another gateway would fail as
 * well. When all fail, it may be this one alone, without credentials or a network.
 */
export function readinessOf(providers: ProviderReports, stopping: boolean): Readiness {
  const states = Object.values(providers);
  const failing = states.length > 0 && states.every(({ status }) => status === 'failing');
  const status = failing ? 'failing' : 'ready';
  return { ready: !stopping && !failing, report: { status: stopping ? 'stopping' : status, providers } };
}

const traceparentForm = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(-.*)?$/;

/** The id of the trace that a `traceparent` header names (https://www.w3.org/TR/trace-context/), if it is a valid one. */
export function traceIdIn(traceparent: unknown): string | undefined {
  if (typeof traceparent !== 'string') return undefined;
  const [, version, traceId, more] = traceparentForm.exec(traceparent) ?? [];
  // Later versions may add to it.
  return version === '00' && more !== undefined ? undefined : traceId;
}

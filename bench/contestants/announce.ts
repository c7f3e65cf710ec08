/** Tells the run where the server listens. */
export function announce(url: string): void {
  process.send?.({ url });
  process.once('disconnect', () => process.exit());
}

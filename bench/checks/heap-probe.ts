/** Loaded into a process under test: reports what its heap holds after a full garbage collection. */
process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ heapBytes: process.memoryUsage().heapUsed });
});

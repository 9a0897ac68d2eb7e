/** Preloaded, with V8's --expose-gc, into a server that is measured: at SIGUSR2 it collects its garbage and says what is left. */
process.on('SIGUSR2', () => {
  if (!globalThis.gc) throw new Error('Node runs without --expose-gc.');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.stderr.write(`${JSON.stringify({ kept: heapUsed + external })}\n`);
});

// Preloaded into a worker of a fault run: SIGUSR2 stops its event loop for ten seconds, SIGHUP uses up its memory.
const STILL_MS = 10_000;

process.on('SIGUSR2', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STILL_MS));
process.on('SIGHUP', () => {
  const kept = [];
  for (;;) kept.push(new Array(100_000).fill({}));
});

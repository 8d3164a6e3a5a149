import { readdirSync } from 'node:fs';
import type { Registry } from './registry.ts';

/** Adds what the process says of itself, asked when the page is read: no timer and no observer runs for it. */
export function addProcessFigures(registry: Registry): void {
  const startedAt = Math.round(Date.now() / 1000 - process.uptime());
  registry.reading('process_cpu_seconds_total', 'Processor time used.', readProcessorSeconds, 'counter');
  registry.reading('process_resident_memory_bytes', 'Memory held.', () => process.memoryUsage.rss());
  registry.reading('process_heap_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed);
  registry.reading('process_start_time_seconds', 'When the process started, since 1970.', () => startedAt);
  registry.reading('process_open_fds', 'Files and connections open; 0 where the system does not say.', countOpenFiles);
}

function readProcessorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function countOpenFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}

export { createMetrics, type Figures } from './create-metrics.ts';
export { mountMetrics } from './mount-metrics.ts';

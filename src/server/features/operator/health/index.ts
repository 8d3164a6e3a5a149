export { createHealth, type HealthWatch, type InstallationHealth } from './create-health.ts';

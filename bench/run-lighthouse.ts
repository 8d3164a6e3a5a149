import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { installLocked } from '#test/install-locked.ts';

const folder = path.join(import.meta.dirname, 'lighthouse');
const run = promisify(execFile);

/** What Lighthouse says of one load; scores from 0 to 100. */
export interface Load {
  score: number;
  accessibility: number;
  fcpMs: number;
  lcpMs: number;
  tbtMs: number;
  cls: number;
}

interface Report {
  runtimeError?: { message: string };
  categories: Record<'performance' | 'accessibility', { score: number }>;
  audits: Record<string, { numericValue?: number }>;
}

/** Installs Lighthouse (114 packages, 176 MB) where it is missing. Only this measurement needs it. */
export const installLighthouse = (say: (line: string) => void): Promise<void> =>
  installLocked(folder, () => say('installing Lighthouse, 176 MB, once…'));

/** Loads a page once as a phone on a slow line does (Lighthouse's mobile throttling), in a Chromium that is open. */
export async function runLighthouse(url: string, chromium: { port: number; cookie: string }): Promise<Load> {
  const cli = path.join(folder, 'node_modules/lighthouse/cli/index.js');
  const words = [
    url,
    `--port=${chromium.port}`,
    `--extra-headers=${JSON.stringify({ Cookie: chromium.cookie })}`,
    '--only-categories=performance,accessibility',
    '--no-enable-error-reporting',
    '--output=json',
    '--quiet',
  ];
  const report = await record(() => run(process.execPath, [cli, ...words], { maxBuffer: 2 ** 26 }));
  if (report.runtimeError) throw new Error(report.runtimeError.message);
  const figure = (audit: string) => report.audits[audit]?.numericValue ?? 0;
  return {
    score: report.categories.performance.score * 100,
    accessibility: report.categories.accessibility.score * 100,
    fcpMs: figure('first-contentful-paint'),
    lcpMs: figure('largest-contentful-paint'),
    tbtMs: figure('total-blocking-time'),
    cls: figure('cumulative-layout-shift'),
  };
}

/** Chromium now and then loses the trace of a load (NO_NAVSTART): then there is no figure, and it is loaded again. */
async function record(load: () => Promise<{ stdout: string }>): Promise<Report> {
  for (let left = 2; ; left -= 1) {
    try {
      return JSON.parse((await load()).stdout) as Report;
    } catch (error) {
      const { stderr = '' } = error as { stderr?: string };
      if (left === 0 || !stderr.includes('NO_NAVSTART')) throw new Error(stderr || String(error));
    }
  }
}

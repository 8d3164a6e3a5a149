import { afterAll, beforeAll } from 'vitest';
import { type Installation, makeInstallation, type Product } from './product.ts';

/** A running installation, there from `beforeAll` on. */
export interface RunningProduct {
  readonly url: string;
  /** What the running process printed so far. */
  output(): string;
  /** Ends the process, as an operator would, and leaves what it keeps. */
  stop(): Promise<void>;
  /** Starts it again on what it kept. */
  start(): Promise<void>;
}

/**
 * Gives the journeys of the surrounding file an installation of their own. `settings` are names without the prefix, asked
 * for at every start.
 */
export function useProduct(settings: () => Record<string, string> = () => ({})): RunningProduct {
  let installation: Installation | null = null;
  let product: Product | null = null;
  const start = async () => {
    product = await getInstallation().start(settings());
  };
  const getInstallation = (): Installation => {
    if (!installation) throw new Error('The installation is there from beforeAll on, not before.');
    return installation;
  };
  beforeAll(async () => {
    installation = await makeInstallation();
    await start();
  });
  afterAll(async () => {
    await product?.stop();
    installation?.remove();
  });
  return {
    get url() {
      return getInstallation().url;
    },
    output: () => product?.output() ?? '',
    stop: async () => product?.stop(),
    start,
  };
}

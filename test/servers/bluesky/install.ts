import { installLocked, isInstalled } from '../../install-locked.ts';

const folder = import.meta.dirname;

/** Whether the servers are on this machine, exactly as the lock file says. */
export const isBlueskyInstalled = (): boolean => isInstalled(folder);

/** Installs the servers (638 packages, 479 MB, half a minute) where they are missing; does nothing where they are not. */
export const installBluesky = (onProgress: (step: string) => void = () => undefined): Promise<void> =>
  installLocked(folder, () => onProgress("installing Bluesky's servers, 479 MB, once"));

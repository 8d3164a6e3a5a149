import { createContext, type ReactNode, useContext } from 'react';
import type { OperationName } from '#contract/operations.ts';
import { may } from '#contract/policy.ts';
import type { Language, Role } from '#contract/terms.ts';

/** The workspace that the address names, as seen by the person who is signed in. */
export interface OpenWorkspace {
  id: string;
  name: string;
  role: Role;
  zone: string;
  language: Language;
  /** Who is looking. */
  personId: string;
}

const Context = createContext<OpenWorkspace | null>(null);

/** Opens a workspace for everything inside. */
export function WorkspaceProvider({ workspace, children }: { workspace: OpenWorkspace; children: ReactNode }) {
  return <Context value={workspace}>{children}</Context>;
}

/** The workspace in the address. Only inside /w/…. */
export function useWorkspace(): OpenWorkspace {
  const workspace = useContext(Context);
  if (!workspace) throw new Error('No workspace in the address.');
  return workspace;
}

/** May the person do this here? What they may not do is not offered. */
export function useMay(operation: OperationName): boolean {
  return may(useWorkspace().role, operation);
}

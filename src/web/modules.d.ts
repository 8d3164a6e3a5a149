/// <reference types="vite/client" />

declare module 'virtual:contract' {
  export const router: import('#contract/index.ts').Contract;
  export const metrics: typeof import('#contract/metrics.ts').metrics;
  export const engagementParts: typeof import('#contract/metrics.ts').engagementParts;
  export const languages: typeof import('#contract/terms.ts').languages;
  export const roles: typeof import('#contract/terms.ts').roles;
  export const scopes: typeof import('#contract/api-keys.ts').scopes;
  export const unrecorded: typeof import('#contract/audit.ts').unrecorded;
  export const ownActs: typeof import('#contract/audit.ts').ownActs;
  export const pillars: typeof import('#contract/posts.ts').pillars;
  export const channelStates: typeof import('#contract/channels.ts').channelStates;
  export const misbehaviours: typeof import('#contract/demo.ts').misbehaviours;
  export const deliveryStates: typeof import('#contract/deliveries.ts').deliveryStates;
}

declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  const Icon: import('react').FC<{ size?: number | string; stroke?: number | string; className?: string }>;
  export default Icon;
}

/** What a build of the interface consists of; only in the service worker. */
declare module 'virtual:shell' {
  export const shell: import('./pwa/list-shell.ts').Shell;
}

import { contract } from '#contract/index.ts';

/** Whether the contract has an operation at this method and path: known before anybody is asked who they are. */
export function isOperation(method: string, pathname: string): boolean {
  const path = pathname.replace(/\/$/, '');
  return patterns.some((pattern) => pattern.method === method && pattern.path.test(path));
}

type Routed = { '~orpc': { route: { method?: string; path?: string } } };

const patterns = Object.values(contract)
  .flatMap((operations): Routed[] => Object.values(operations))
  .map(({ '~orpc': { route } }) => ({
    method: route.method ?? 'POST',
    path: new RegExp(`^/api${(route.path ?? '').replace(/\{\w+\}/g, '[^/]+')}$`),
  }));

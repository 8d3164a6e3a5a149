import type { AccountCall, Json } from '../kit/contract.ts';
import { type Fault, type Outcome, ok } from '../kit/faults.ts';
import { callServer } from './call-server.ts';
import type { Credential } from './credential.ts';
import { type Facet, findFacets } from './facets.rules.ts';
import { ResolvedHandle } from './wire.ts';

/**
 * The facets of a text as the record carries them. A handle that belongs to nobody stays plain text; when the server
 * cannot tell, the fault is returned rather than the mention lost.
 */
export async function shapeFacets(
  call: AccountCall,
  credential: Credential,
  text: string,
): Promise<Outcome<Json[], Fault>> {
  const facets = findFacets(text);
  const handles = new Set(facets.flatMap(({ feature }) => (feature.kind === 'mention' ? [feature.handle] : [])));
  const dids = new Map<string, string>();
  for (const handle of handles) {
    const found = await callServer(
      call,
      { server: credential.pds, method: 'com.atproto.identity.resolveHandle', query: [['handle', handle]] },
      ResolvedHandle,
    );
    if (found.ok) dids.set(handle, found.value.did);
    else if (found.fault.kind !== 'content-rejected') return found;
  }
  return ok(facets.flatMap((facet) => shapeFacet(facet, dids)));
}

function shapeFacet({ byteStart, byteEnd, feature }: Facet, dids: ReadonlyMap<string, string>): Json[] {
  const shaped = shapeFeature(feature, dids);
  if (shaped === null) return [];
  return [{ $type: 'app.bsky.richtext.facet', index: { byteStart, byteEnd }, features: [shaped] }];
}

function shapeFeature(feature: Facet['feature'], dids: ReadonlyMap<string, string>): Json {
  switch (feature.kind) {
    case 'link':
      return { $type: 'app.bsky.richtext.facet#link', uri: feature.url };
    case 'tag':
      return { $type: 'app.bsky.richtext.facet#tag', tag: feature.tag };
    case 'mention': {
      const did = dids.get(feature.handle);
      return did === undefined ? null : { $type: 'app.bsky.richtext.facet#mention', did };
    }
  }
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { DemoBanner } from '../../features/demo/demo-banner.tsx';
import { StandingHolds } from '../../features/publishing/deliveries/standing-holds.tsx';
import { clearEntries } from '../../features/publishing/draft/draft-shelf.ts';
import { api } from '../../lib/api.ts';
import { isRefused } from '../../lib/failure.ts';
import { speak } from '../../lib/languages.ts';
import { rememberWorkspace } from '../../lib/last-workspace.ts';
import { useIsOffline } from '../../lib/line.ts';
import { useLiveStream } from '../../lib/live.ts';
import { useKeepFocus } from '../../lib/use-keep-focus.ts';
import { WorkspaceProvider } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { NotFound } from '../edges.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { HealthBanner } from './health-banner.tsx';
import { Overlays } from './overlays.tsx';
import { Rail } from './rail.tsx';
import { useFoldRail } from './use-fold-rail.ts';
import { useLine } from './use-line.ts';
import { useShellShortcuts } from './use-shell-shortcuts.ts';
import './shell.css';
import './rail-folded.css';

const DeviceNotes = lazy(async (): Promise<{ default: ComponentType<{ person: Me }> }> => {
  // Nothing in their place when the server has just gone: the screen that is there matters more.
  const notes = await import('./device-notes.tsx').catch(() => null);
  return { default: notes?.DeviceNotes ?? (() => null) };
});

/** How long after the shell the notes about this device are downloaded, unless there is something to say at once. */
const pauseMs = 2_000;

/** The frame of a workspace: rail or bottom bar, banner, and the screen. */
export function Shell() {
  const { t } = useTranslation('first');
  const { workspaceId } = useParams({ from: '/w/$workspaceId' });
  const me = useQuery(api.me.get.queryOptions());
  const person = me.data;
  const membership = person?.workspaces.find((it) => it.id === workspaceId);
  const workspace = useMemo(
    () => (membership && person ? { ...membership, personId: person.id } : null),
    [membership, person],
  );

  const [isFolded] = useFoldRail();
  const isOut = useIsOffline();
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), pauseMs);
    return () => clearTimeout(timer);
  }, []);
  useLine();
  useShellShortcuts(workspace);
  useKeepFocus(workspace !== null);
  useEffect(() => {
    if (membership) rememberWorkspace(membership.id);
  }, [membership]);
  useEffect(() => {
    if (!person) return;
    void speak(person.language);
    const left = { personId: person.id, workspaceIds: person.workspaces.map((it) => it.id) };
    clearEntries(left);
    if (!isLater) return;
    const load = () => import('../../features/publishing/draft/picture-shelf.ts');
    // Without a connection the next opening does it.
    load()
      .then(({ clearPictures }) => clearPictures(left))
      .catch(() => undefined);
  }, [person, isLater]);

  const queries = useQueryClient();
  useLiveStream(membership?.id, () => void queries.invalidateQueries({ queryKey: api.me.key() }));
  const isNoMember = person !== undefined && !membership;
  useEffect(() => {
    // Nothing of a workspace stays in the memory of a tab whose person may not see it.
    if (isNoMember)
      queries.removeQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey).includes(workspaceId) });
  }, [isNoMember, queries, workspaceId]);

  if (me.isPending || isRefused(me.error, 'signed-out')) return <Waiting label={t('app.loading')} />;
  if (me.error) return <FailureNotice error={me.error} onRetry={() => void me.refetch()} />;
  if (!workspace || !person) return <NotFound />;
  return (
    <WorkspaceProvider workspace={workspace}>
      <a className="skip-link" href="#content">
        {t('app.skip')}
      </a>
      <div className="shell" data-folded={isFolded}>
        <Rail person={me.data} />
        <main id="content" className="shell-content" tabIndex={-1}>
          {person.demo ? <DemoBanner /> : null}
          {isLater || isOut ? (
            <Suspense fallback={null}>
              <div className="banner">
                <DeviceNotes person={person} />
              </div>
            </Suspense>
          ) : null}
          <HealthBanner />
          <div className="banner">
            <StandingHolds />
          </div>
          <Suspense fallback={<Waiting label={t('app.loading')} />}>
            <Outlet />
          </Suspense>
        </main>
        <BottomBar person={me.data} />
      </div>
      <Overlays person={me.data} />
    </WorkspaceProvider>
  );
}

import type { Hono } from 'hono';
import type { Connector } from '#connectors/kit/contract.ts';
import { createRegistry } from '#connectors/registry.ts';
import type { Contract } from '#contract/index.ts';
import { analyticsHearers, analyticsJobs, analyticsRoutes } from '#server/features/analytics/index.ts';
import { channelJobs, channelRoutes } from '#server/features/channels/index.ts';
import { clearUploadsJob, createMediaApp, forgetFilesJob, mediaRoutes } from '#server/features/media/index.ts';
import { mountLeave, noticeHearers, noticeJobs, noticeRoutes } from '#server/features/notices/index.ts';
import { onboardingRoutes } from '#server/features/onboarding/index.ts';
import { createHealth, makeBackupsJob, operatorRoutes, readFigures } from '#server/features/operator/index.ts';
import {
  createPageStore,
  forgetPicturesJob,
  mountPublicPages,
  type PublicPages,
  pageHearers,
  pageRoutes,
  pingHubs,
} from '#server/features/page/index.ts';
import { dueHearers, lookBackHearers, publishingJobs, publishingRoutes } from '#server/features/publishing/index.ts';
import { strategyRoutes } from '#server/features/strategy/index.ts';
import {
  auditHearers,
  claimInvitation,
  findMembership,
  keyRing,
  recordChange,
  teamRoutes,
} from '#server/features/team/index.ts';
import { todayRoutes } from '#server/features/today/index.ts';
import { authJobs } from '#server/platform/auth/index.ts';
import type { Config } from '#server/platform/config/index.ts';
import type { House, Routes } from '#server/platform/context/index.ts';
import type { Vault } from '#server/platform/crypto/index.ts';
import type { Database } from '#server/platform/db/index.ts';
import { createEgress } from '#server/platform/egress/index.ts';
import type { Hearers } from '#server/platform/facts/index.ts';
import { createHttp, type HttpFace, type Limits } from '#server/platform/http/index.ts';
import { createJobs, type JobDefinition } from '#server/platform/jobs/index.ts';
import type { Log } from '#server/platform/log/index.ts';
import { createMail, mailJobs } from '#server/platform/mail/index.ts';
import { createMetrics, mountMetrics } from '#server/platform/metrics/index.ts';
import { createMediaStorage, hostOfS3, openPlaces, watchPlaces } from '#server/platform/storage/index.ts';
import { createTexts } from '#server/platform/texts/index.ts';
import { practiceRoutes } from './demo/practice-routes.ts';

/** Every operation and its verb. */
export const routes = {
  ...teamRoutes,
  ...strategyRoutes,
  ...channelRoutes,
  ...mediaRoutes,
  ...publishingRoutes,
  ...analyticsRoutes,
  ...pageRoutes,
  ...onboardingRoutes,
  ...operatorRoutes,
  ...practiceRoutes,
  ...noticeRoutes,
  ...todayRoutes,
} satisfies Routes<keyof Contract>;

/** Who hears which facts. */
export const hearers: Hearers = [
  ...auditHearers,
  ...analyticsHearers,
  ...pageHearers,
  ...noticeHearers,
  ...dueHearers,
  ...lookBackHearers,
];

/** Every job and its verb. */
export const jobDefinitions: JobDefinition<never>[] = [
  ...authJobs,
  ...channelJobs,
  ...analyticsJobs,
  ...publishingJobs,
  pingHubs,
  forgetPicturesJob,
  ...mailJobs,
  ...noticeJobs,
  makeBackupsJob,
  clearUploadsJob,
  forgetFilesJob,
] as JobDefinition<never>[];

export interface Ground {
  config: Config;
  log: Log;
  db: Database;
  vault: Vault;
  /** Writes to the operator's console; standard output when absent. Never the log. */
  say?: (text: string) => void;
}

/** Builds what the whole process shares. Opens nothing and starts nothing. */
export function composeHouse({ config, log, db, vault, say = sayOnConsole }: Ground): {
  house: House;
  closeHouse: () => Promise<void>;
} {
  const metrics = createMetrics({ pool: db.pool, readFigures: (since) => readFigures(house, since) });
  const egress = createEgress({
    allowedRanges: config.privateRanges,
    reachesPublic: config.practice === null,
    namedHosts: config.storage.s3 ? [hostOfS3(config.storage.s3)] : [],
    onExchange: metrics.countEgress,
  });
  egress.installGlobally();
  const places = openPlaces(config.storage, egress.fetch);
  const connectors = new Map<string, Connector>();
  const jobs = createJobs({ db, log });
  const house: House = {
    config,
    log,
    db,
    vault,
    jobs,
    mail: createMail({ config, vault, jobs, texts: createTexts(), say }),
    metrics,
    storage: createMediaStorage(places, watchPlaces(places, db)),
    http: egress.http,
    fetch: egress.fetch,
    connectors,
  };
  for (const [id, connector] of createRegistry({ page: createPageStore(house) })) connectors.set(id, connector);
  return { house, closeHouse: () => egress.close() };
}

const sayOnConsole = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** The HTTP face of the house with everything that has an address. */
export function composeHttp(
  house: House,
  { now, ...options }: { version?: string; webFolder?: string; limits?: Limits; now?: () => Date } = {},
): { face: HttpFace; pages: PublicPages } {
  let pages: PublicPages | undefined;
  const health = createHealth(house);
  const face = createHttp({
    house,
    routes,
    findMembership,
    claimInvitation: claimInvitation(house.db),
    keys: keyRing,
    recordChange,
    health: async () => ({ ...(await health.read()) }),
    extra: [
      (app: Hono) => mountMetrics(app, house),
      (app: Hono) => mountLeave(app, house),
      (app: Hono) => {
        pages = mountPublicPages(app, house, now ? { now } : {});
      },
      (app: Hono) => {
        app.route('/media', createMediaApp({ storage: house.storage }));
      },
    ],
    ...options,
  });
  if (!pages) throw new Error('the public pages were not mounted');
  return { face, pages };
}

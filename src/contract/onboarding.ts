import { oc } from '@orpc/contract';
import { z } from 'zod';
import { contactWays } from './contact.ts';
import { ChannelId, GoalId, ObjectiveId, PostId, WorkspaceId } from './ids.ts';
import { MetricId } from './metrics.ts';
import { PageAddress, PageLink } from './page.ts';
import { pillars } from './posts.ts';
import { industries } from './starters.ts';
import { Instant, Language, Line, LocalDate } from './terms.ts';

/** The five questions, in their order. */
export const questions = ['business', 'buyers', 'accounts', 'minutes', 'wish'] as const;
export const InterviewQuestion = z.enum(questions);
export type InterviewQuestion = z.infer<typeof InterviewQuestion>;

/** An account that exists already, as its owner names it. */
export const StatedAccount = z.object({
  network: z.string().regex(/^[a-z0-9-]{1,50}$/),
  handle: z.string().trim().max(200),
});
export type StatedAccount = z.infer<typeof StatedAccount>;

/** What was answered so far; '' and null: not yet. */
export const InterviewAnswers = z.object({
  industry: z.enum(industries).nullable(),
  /** The business in its owner's words. */
  business: z.string().trim().max(500),
  /** Where it is: a town, a quarter, “online”. */
  place: z.string().trim().max(100),
  /** Who buys, in the owner's words. */
  buyers: z.string().trim().max(1_000),
  /** The number one calls; '' when nobody shall call. */
  phone: z.string().trim().max(40),
  /** How `contact` is meant: a web address, or a name in a place where people write to one another. */
  contactWay: z.enum(contactWays),
  /** Where buyers order, book or write: see `shapeContactUrl`. */
  contact: z.string().trim().max(300),
  accounts: z.array(StatedAccount).max(30),
  /** Minutes a week for all of it. */
  minutes: z.int().min(0).max(6_000).nullable(),
  /** What matters most: a wish of the industry's starter, or `own` for own words. */
  wish: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .nullable(),
  wishWords: z.string().trim().max(200),
});
export type InterviewAnswers = z.infer<typeof InterviewAnswers>;

/** Whether anything was answered to a question. */
export function isAnswered(question: InterviewQuestion, answers: InterviewAnswers): boolean {
  switch (question) {
    case 'business':
      return answers.industry !== null || answers.business !== '' || answers.place !== '';
    case 'buyers':
      return answers.buyers !== '' || answers.phone !== '' || answers.contact !== '';
    case 'accounts':
      return answers.accounts.length > 0;
    case 'minutes':
      return answers.minutes !== null;
    case 'wish':
      return answers.wish !== null;
  }
}

/** What “make it so” made. */
export const MadeOfInterview = z.object({
  at: Instant,
  objectiveId: ObjectiveId,
  goalId: GoalId,
  /** The own page. */
  channelId: ChannelId,
  /** The first draft; null when none was wanted. */
  postId: PostId.nullable(),
});
export type MadeOfInterview = z.infer<typeof MadeOfInterview>;

/** A workspace's interview. `revision` 0: nobody has begun it. */
export const Interview = z.object({
  answers: InterviewAnswers,
  /** Where one goes on. */
  at: z.enum([...questions, 'proposal']),
  skipped: z.array(InterviewQuestion),
  made: MadeOfInterview.nullable(),
  revision: z.int().min(0),
});
export type Interview = z.infer<typeof Interview>;

const Draft = z.object({ text: z.string().max(5_000), pillar: z.enum(pillars) });

/**
 * What follows from the answers, to be changed before it is made. Numbers of the reasons are given for the reader's
 * own sentence; words for the team are in the reader's language, words for the public in that of the business.
 */
export const Proposal = z.object({
  /** Of the interview it follows from. */
  revision: z.int().min(0),
  objective: z.object({ title: z.string(), description: z.string() }),
  goal: z.object({
    title: z.string(),
    metric: MetricId,
    deadlineOn: LocalDate,
    /** What can be measured from the first day, with a target each: `posts` × `perPost`, rounded. */
    options: z.array(z.object({ metric: MetricId, target: z.number(), perPost: z.number() })),
    posts: z.int(),
    weeks: z.int(),
  }),
  cadence: z.object({
    /** Posts a week; ½ is one in two weeks. */
    perWeek: z.number(),
    minutes: z.int(),
    /** The minutes were not answered, so this is a guess. */
    isGuess: z.boolean(),
    minutesPerPost: z.int(),
    minutesForReplies: z.int(),
  }),
  /** The second channel to begin with; null: the own page alone. */
  second: StatedAccount.nullable(),
  /** Accounts that go into the register of channels, known and not connected. */
  noted: z.array(StatedAccount.extend({ isReachable: z.boolean() })),
  page: z.object({
    address: z.string(),
    title: z.string(),
    about: z.string(),
    isOpen: z.boolean(),
    url: z.string(),
    /** What one can press there: a number to call, where to order or write. */
    links: z.array(PageLink),
  }),
  /** Language of what the public reads. */
  language: Language,
  /** Where the first post leads; null: nowhere. */
  link: z.string().nullable(),
  /** The three first posts; `first` counts from 0 and serves the wish best. */
  posts: z.array(Draft),
  first: z.int().min(0),
  ideas: z.array(z.string()),
  /** How much of which kind of content, in percent. */
  shares: z.array(z.object({ pillar: z.enum(pillars), percent: z.int() })),
});
export type Proposal = z.infer<typeof Proposal>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}/interview';

export const onboarding = {
  get: oc
    .route({ method: 'GET', path: base, summary: 'The interview a workspace begins with, as far as it was answered' })
    .input(ws)
    .output(Interview),
  save: oc
    .route({ method: 'PATCH', path: base, summary: 'Save answers, and where to go on' })
    .input(
      ws.extend({
        revision: z.int().min(0),
        answers: InterviewAnswers.partial(),
        at: z.enum([...questions, 'proposal']),
        skipped: z.array(InterviewQuestion).max(questions.length),
      }),
    )
    .output(Interview),
  proposal: oc
    .route({ method: 'GET', path: `${base}/proposal`, summary: 'What follows from the answers, before it is made' })
    .input(ws)
    .output(Proposal),
  address: oc
    .route({ method: 'GET', path: `${base}/address`, summary: 'Whether an address for the own page is free' })
    .input(ws.extend({ address: PageAddress }))
    .output(z.object({ address: PageAddress, isFree: z.boolean() })),
  make: oc
    .route({
      method: 'POST',
      path: `${base}/make`,
      summary: 'Make it so: objective, goal, own page, channels, first draft; done once, however often it is asked',
    })
    .input(
      ws.extend({
        revision: z.int().min(0),
        objective: z.object({ title: Line(200), description: z.string().max(5_000) }),
        goal: z.object({ title: Line(200), metric: MetricId, target: z.number().min(1), deadlineOn: LocalDate }),
        cadencePerWeek: z.number().min(0).max(50),
        second: StatedAccount.nullable(),
        page: z.object({ address: PageAddress, title: Line(100), about: z.string().max(2_000) }),
        /** Null: no draft. */
        post: Draft.nullable(),
      }),
    )
    .output(MadeOfInterview),
};

import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What whoever runs the installation may see and set. */
export const Installation = z.object({
  version: z.string(),
  /** `invited`: only with an invitation. `open`: anybody, after confirming their address. */
  registration: z.enum(['invited', 'open']),
  mail: z.object({
    configured: z.boolean(),
    /** Address mails come from; null without mail. */
    from: z.string().nullable(),
  }),
  people: z.int(),
  workspaces: z.int(),
});
export type Installation = z.infer<typeof Installation>;

/** One thing that was looked at, and how it stands. */
export const Finding = z.object({
  /** Stable name of the check, kebab-case; its words are under `operator.checks.<check>` in the texts. */
  check: z.string(),
  state: z.enum(['fine', 'warning', 'problem']),
  /** Values for the words. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Finding = z.infer<typeof Finding>;

export const operator = {
  get: oc.route({ method: 'GET', path: '/operator', summary: 'How this installation is set up' }).output(Installation),
  update: oc
    .route({ method: 'PATCH', path: '/operator', summary: 'Open or close registration' })
    .input(z.object({ registration: z.enum(['invited', 'open']).optional() }))
    .output(Installation),
  testMail: oc
    .route({
      method: 'POST',
      path: '/operator/test-mail',
      summary: 'Send a mail to oneself now, and say what the server answered',
    })
    .output(
      z.object({
        sent: z.boolean(),
        to: z.string(),
        /** What the mail server said, or why it could not be reached. */
        said: z.string(),
      }),
    ),
  doctor: oc
    .route({ method: 'GET', path: '/operator/doctor', summary: 'Look over the installation' })
    .output(z.object({ findings: z.array(Finding) })),
};

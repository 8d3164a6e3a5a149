/**
 * Tables whose rows a backup leaves out, and why. The rule: what a person would have to be signed in for, what ends by
 * itself within a day, and what waits to be sent and may have been sent since. After a restore people sign in again, and
 * no mail goes out twice.
 */
export const leftOut: Readonly<Record<string, string>> = {
  'public.migration': 'the steps are made anew, and stand in the manifest',
  'public.worker_pulse': 'workers that run now',
  'public.detector_pulse': 'the detector that runs now',
  'public.media_place': 'where this machine keeps its pictures; a restore says where it put them',
  'public.upload': 'uploads under way end within a day; their parts are not in a backup',
  'public.send_upload': 'uploads to networks that are under way end within a day',
  'public.idempotency': 'answers to calls of the last day',
  'public.outgoing_mail': 'mails that wait now; they may have gone out since',
  'public.push_device': 'ends with its session',
  'public.backup_standing': 'how the last backup of this machine went',
  'auth.session': 'people sign in again',
  'auth.verification': 'tokens of a sign-in under way',
  'auth.rate_limit': 'guesses of the last minutes',
  'auth.attempt': 'guesses of the last minutes',
  'auth.link': 'links that were mailed and end within a day',
  'auth.permit': 'a registration under way',
};

/** Schemas that are left out whole: jobs are planned anew from what is stored. */
export const leftOutSchemas: readonly string[] = ['pgboss'];

import type { Check } from './check.ts';
import { connect, connectRefusedWrongSecret, manifestAgreesWithFacets, refresh } from './checks-connecting.ts';
import { everyKnownErrorMaps } from './checks-faults.ts';
import { hostile50MB, hostileDeepNesting, hostileTruncated, hostileWrongTypes } from './checks-hostile.ts';
import {
  correct,
  findAbsentConclusive,
  findPresent,
  lostAnswerReconciled,
  remove,
  removeTwice,
  repeatIsHarmless,
} from './checks-keeping.ts';
import { limitsBeforeTheWire } from './checks-limits.ts';
import {
  abortSignalHonoured,
  clockFromCall,
  deadlineGuard,
  secretsNeverLogged,
  slowAnswerTimesOut,
} from './checks-manners.ts';
import {
  engagements,
  hostileMarkupInNames,
  insightsAccount,
  insightsPost,
  metricMissingIsNotZero,
} from './checks-measuring.ts';
import {
  firstComment,
  publishImageAlt,
  publishLinkCard,
  publishText,
  stillProcessing,
  thread,
} from './checks-publishing.ts';

/** Everything that a network may be able to do or must withstand, and how it is found out. */
export const capabilities = {
  'manifest-agrees-with-facets': manifestAgreesWithFacets,
  connect,
  'connect-refused-wrong-secret': connectRefusedWrongSecret,
  refresh,
  'publish-text': publishText,
  'publish-image-alt': publishImageAlt,
  'publish-link-card': publishLinkCard,
  thread,
  'first-comment': firstComment,
  'still-processing': stillProcessing,
  'limits-before-the-wire': limitsBeforeTheWire,
  'every-known-error-maps': everyKnownErrorMaps,
  'lost-answer-reconciled': lostAnswerReconciled,
  'repeat-is-harmless': repeatIsHarmless,
  'find-present': findPresent,
  'find-absent-conclusive': findAbsentConclusive,
  remove,
  'remove-twice': removeTwice,
  correct,
  'insights-post': insightsPost,
  'insights-account': insightsAccount,
  engagements,
  'metric-missing-is-not-zero': metricMissingIsNotZero,
  'hostile-wrong-types': hostileWrongTypes,
  'hostile-50MB': hostile50MB,
  'hostile-deep-nesting': hostileDeepNesting,
  'hostile-markup-in-names': hostileMarkupInNames,
  'hostile-truncated': hostileTruncated,
  'slow-answer-times-out': slowAnswerTimesOut,
  'secrets-never-logged': secretsNeverLogged,
  'deadline-guard': deadlineGuard,
  'abort-signal-honoured': abortSignalHonoured,
  'clock-from-call': clockFromCall,
} satisfies Record<string, Check>;

export type Capability = keyof typeof capabilities;
export const capabilityNames = Object.keys(capabilities) as Capability[];

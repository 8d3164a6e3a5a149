export { findLinks, type LinkInText } from './find-links.ts';
export { holdsSame, type Rewriting } from './holds-same.ts';
export { judgeVideo, type VideoObstacle } from './judge-video.ts';
export { type Length, lengths } from './lengths.ts';
export { type Budget, type BudgetForm, LONGEST_WAIT_MS, readBudgets, readRetryAfter } from './read-budgets.ts';
export { isFilled, keepsWhole, type Tokens, takeTokens } from './renew-tokens.ts';
export { validateContent } from './validate-content.ts';

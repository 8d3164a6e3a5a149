export { recordChange } from './append-line.ts';
export { listAllWorkspaces } from './audit-store.ts';
export { auditHearers } from './facts.ts';
export { listAudit } from './list-audit.ts';
export { checkAudit, verifyAuditChain } from './verify-audit.ts';

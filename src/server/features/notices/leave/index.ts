export { leavePath } from './leave-token.ts';
export { mountLeave } from './mount-leave.ts';

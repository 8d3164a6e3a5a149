export { lookBack, lookBackHearers } from './look-back.ts';

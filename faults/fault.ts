import type { Tally } from './judge.ts';
import type { Size, Stage } from './stage.ts';

/** Something that goes wrong around deliveries, and what is done to make it go wrong. */
export interface Fault {
  /** `F1` … as reliability counts them. */
  name: string;
  /** What happens, in a line. */
  about: string;
  /** Sizes in which it is among all; every one but the hour when absent. */
  sizes?: readonly Size[];
  /** Heavy ones begin first; 1 when absent. */
  weight?: number;
  /** Brings it about; everything that it opened on the stage is judged and closed afterwards. */
  run(stage: Stage): Promise<void>;
}

/** What became of the deliveries of one fault. */
export interface FaultResult extends Tally {
  name: string;
  about: string;
  seconds: number;
  /** What was not as it must be; empty when it passed. */
  complaints: string[];
}

/** Who asks, as the http layer has established it. */
export interface Caller {
  /** Internet address, after trusted proxies. */
  address: string;
  /** Whether they came by https. */
  secure: boolean;
  /** Address they used: https://host. */
  origin: string;
  /** Port of ours that they reached. */
  port: number;
  headers: Headers;
}

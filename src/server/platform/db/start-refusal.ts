/** Goalpost cannot start here, and the message says why and what to do. Nothing was changed. */
export class StartRefusal extends Error {
  override name = 'StartRefusal';
}

import { guessLanguage } from './guess-language.ts';

const asked = new Map<string, Promise<Response>>();

/** Asks an address of ours now for what the interface will ask once it is here. */
export function askAhead(address: string): void {
  const answer = fetch(address, { headers: { 'accept-language': guessLanguage() } });
  // Whoever takes it hears of it; until then nobody does.
  answer.catch(() => undefined);
  asked.set(address, answer);
}

/** The answer that was asked for ahead: to the first who takes it, since it ages. `address` without the host. */
export function takeAhead(address: string): Promise<Response> | undefined {
  const answer = asked.get(address);
  asked.delete(address);
  return answer;
}

import type { Channel } from '#contract/channels.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import type { ChannelProblem } from './check-draft.ts';
import { useProblemWords } from './use-problem-words.ts';

/** What the networks have against a piece of a post, each said once. */
export function PartProblems({ problems, channels }: { problems: ChannelProblem[]; channels: Channel[] }) {
  const networkName = useNetworkName();
  const say = useProblemWords();
  const lines = new Map<string, { severity: ChannelProblem['severity']; networks: Set<string> }>();
  for (const problem of problems) {
    const channel = channels.find((it) => it.id === problem.channelId);
    const words = say(problem);
    const line = lines.get(words) ?? { severity: problem.severity, networks: new Set() };
    if (channel) line.networks.add(networkName(channel.network));
    lines.set(words, line);
  }
  if (lines.size === 0) return null;
  return (
    <ul className="part-problems">
      {[...lines].map(([words, { severity, networks }]) => (
        <li key={words} className={`part-${severity}`}>
          {networks.size > 0 ? `${[...networks].join(', ')}: ${words}` : words}
        </li>
      ))}
    </ul>
  );
}

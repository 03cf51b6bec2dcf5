// A verdict in one word.
import { Badge } from '../../components/badge.tsx';
import { t } from '../../i18n/t.tsx';

type Verdict = 'continue' | 'deny' | 'challenge';

export const verdictTones = { continue: 'good', deny: 'bad', challenge: 'warn' } as const;
const words = { continue: 'reasons.continue', deny: 'reasons.deny', challenge: 'reasons.challenge' } as const;

export const verdictWord = (verdict: Verdict) => t(words[verdict]);

export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  return <Badge tone={verdictTones[verdict]}>{verdictWord(verdict)}</Badge>;
}

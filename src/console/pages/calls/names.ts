// Verdicts, reasons and outcomes in words and colours.
import type { BadgeTone } from '../../components/badge.tsx';
import { t, tOr } from '../../i18n/t.tsx';

export function verdictWord(verdict: string): string {
  switch (verdict) {
    case 'continue':
      return t('calls.allowed');
    case 'deny':
      return t('calls.refused');
    case 'unscreened':
      return t('calls.unscreened');
    default:
      return verdict;
  }
}

export function verdictTone(verdict: string): BadgeTone {
  if (verdict === 'continue') return 'good';
  return verdict === 'deny' ? 'bad' : 'warn';
}

/** A reason of a newer daemon is shown as it is. */
export const reasonWord = (reason: string): string => tOr(`reasons.${reason}`, reason);

/** Of a call that rang. */
export function outcomeTone(outcome: string): BadgeTone {
  if (outcome === 'answered' || outcome === 'rescued') return 'good';
  if (outcome === 'abandoned') return 'bad';
  return outcome === 'forwarded' || outcome === 'unknown' ? 'plain' : 'warn';
}

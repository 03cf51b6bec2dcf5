// A limit in the words of the page.
import type { z } from 'zod';
import { withName } from '../../api/people.ts';
import { formatDuration } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import type { useForm } from '../../../http/api/routes/limits.ts';

export type UsedLimit = z.infer<typeof useForm>;

export const classWords = {
  chargeable: 'limits.chargeable',
  international: 'limits.international',
  premium: 'limits.premium',
  hot: 'limits.hot',
} as const;

/** `20 calls in 1 h`. */
export function limitText({ measure, max, windowMs }: UsedLimit): string {
  const values = { count: max, time: formatDuration(windowMs ?? 0) };
  switch (measure) {
    case 'calls':
      return t('limits.callsIn', values);
    case 'countries':
      return t('limits.countriesIn', values);
    case 'concurrent':
      return t('limits.concurrentMax', values);
    case 'duration':
      return t('limits.durationMax', { time: formatDuration(max * 1000) });
  }
}

export function holderText({ layer, name, counted }: UsedLimit): string {
  const isShared = counted === 'together';
  switch (layer) {
    case 'organisation':
      return t(isShared ? 'limits.organisationTogether' : 'limits.organisation');
    case 'group':
      return t(isShared ? 'limits.groupTogether' : 'limits.groupEach', { group: name });
    case 'extension':
      return t('limits.ofExtension', { extension: withName(name) });
  }
}

export function thenText({ measure, action, quarantineMs }: UsedLimit): string {
  if (measure === 'duration') return t('limits.thenEnd');
  if (action === 'deny') return t('limits.thenDeny');
  return t('limits.thenQuarantine', { time: formatDuration(quarantineMs) });
}

// What the page of the authorised numbers gets from the API, and its words for kinds of numbers and states.
import type { z } from 'zod';
import type { outcomeForm } from '../../../http/api/forms.ts';
import type { listForm } from '../../../http/api/routes/authorised-lists.ts';
import type { importForm, personForm } from '../../../http/api/routes/authorised-people.ts';
import type { BadgeTone } from '../../components/badge.tsx';
import { formatEnd, formatMoment } from '../../i18n/format.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { classKey } from '../barring/names.ts';

export type AuthorisedList = z.infer<typeof listForm>;
export type Person = z.infer<typeof personForm>;
export type PeopleImport = z.infer<typeof importForm>;
export type Outcome = z.infer<typeof outcomeForm>;

export const premiumClasses = ['premium', 'shared-cost', 'personal', 'satellite', 'directory'] as const;
export type PremiumClass = (typeof premiumClasses)[number];

export const premiumLabel = (name: string): string => tOr(`barring.${classKey(name)}`, name);

export const personName = ({ firstName, lastName }: Person): string => `${firstName} ${lastName}`.trim();

export const listPath = (list: string): string => `/authorised-lists/${encodeURIComponent(list)}`;
export const personPath = ({ list, number }: Pick<Person, 'list' | 'number'>): string =>
  `${listPath(list)}/numbers/${encodeURIComponent(number)}`;

export const states = ['active', 'disabled', 'expired', 'not-yet'] as const;
export type State = (typeof states)[number];

const stateWords = {
  active: 'authorised.stateActive',
  disabled: 'authorised.stateDisabled',
  expired: 'authorised.stateExpired',
  'not-yet': 'authorised.stateNotYet',
} as const;

export const stateLabel = (state: State): string => t(stateWords[state]);

export const stateTones: Readonly<Record<State, BadgeTone>> = {
  active: 'good',
  disabled: 'plain',
  expired: 'bad',
  'not-yet': 'warn',
};

/** Since and until when something counts, in words. */
export function validityText({
  fromMs,
  untilMs,
}: {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}): string {
  if (fromMs !== null && untilMs !== null) {
    return t('authorised.fromUntil', { from: formatMoment(fromMs), until: formatEnd(untilMs) });
  }
  if (untilMs !== null) return t('authorised.untilMoment', { moment: formatEnd(untilMs) });
  return fromMs === null
    ? t('authorised.always')
    : t('authorised.fromMoment', { moment: formatMoment(fromMs) });
}

// German words of the page “Schedules”.
import type { SameWords } from '../../i18n/words.ts';
import type { schedules as english } from '../en/schedules.ts';

export const schedules: SameWords<typeof english> = {
  title: 'Zeitpläne',
};

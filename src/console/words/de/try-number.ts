// German words of the page “Try a number”.
import type { SameWords } from '../../i18n/words.ts';
import type { tryNumber as english } from '../en/try-number.ts';

export const tryNumber: SameWords<typeof english> = {
  title: 'Nummer prüfen',
};

// Spanish words of the page “Limits and quarantine”.
import type { SameWords } from '../../i18n/words.ts';
import type { limits as english } from '../en/limits.ts';

export const limits: SameWords<typeof english> = {
  title: 'Límites y cuarentena',
};

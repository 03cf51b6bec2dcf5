// Spanish words of the page “Calls”.
import type { SameWords } from '../../i18n/words.ts';
import type { calls as english } from '../en/calls.ts';

export const calls: SameWords<typeof english> = {
  title: 'Llamadas',
};

// French words of the page “Call barring”.
import type { SameWords } from '../../i18n/words.ts';
import type { barring as english } from '../en/barring.ts';

export const barring: SameWords<typeof english> = {
  title: 'Restriction d’appels',
};

// French words of the page “Figures”.
import type { SameWords } from '../../i18n/words.ts';
import type { figures as english } from '../en/figures.ts';

export const figures: SameWords<typeof english> = {
  title: 'Chiffres',
};

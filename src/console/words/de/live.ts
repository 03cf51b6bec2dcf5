// German words of the page “Live”.
import type { SameWords } from '../../i18n/words.ts';
import type { live as english } from '../en/live.ts';

export const live: SameWords<typeof english> = {
  title: 'Live',
};

// German words of the page “Authorised numbers”.
import type { SameWords } from '../../i18n/words.ts';
import type { authorised as english } from '../en/authorised.ts';

export const authorised: SameWords<typeof english> = {
  title: 'Freigegebene Nummern',
};

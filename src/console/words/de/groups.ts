// German words of the page “Groups”.
import type { SameWords } from '../../i18n/words.ts';
import type { groups as english } from '../en/groups.ts';

export const groups: SameWords<typeof english> = {
  title: 'Gruppen',
};

// French words of the page “System”.
import type { SameWords } from '../../i18n/words.ts';
import type { system as english } from '../en/system.ts';

export const system: SameWords<typeof english> = {
  title: 'Système',
};

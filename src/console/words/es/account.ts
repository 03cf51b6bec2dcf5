// Spanish words of the page “My account”.
import type { SameWords } from '../../i18n/words.ts';
import type { account as english } from '../en/account.ts';

export const account: SameWords<typeof english> = {
  title: 'Mi cuenta',
};

// French words of the page “Accounts”.
import type { SameWords } from '../../i18n/words.ts';
import type { accounts as english } from '../en/accounts.ts';

export const accounts: SameWords<typeof english> = {
  title: 'Comptes',
};

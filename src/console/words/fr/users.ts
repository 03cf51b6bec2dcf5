// French words of the page “Users”.
import type { SameWords } from '../../i18n/words.ts';
import type { users as english } from '../en/users.ts';

export const users: SameWords<typeof english> = {
  title: 'Utilisateurs',
};

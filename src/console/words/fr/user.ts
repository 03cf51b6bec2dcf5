// French words of the page “User”.
import type { SameWords } from '../../i18n/words.ts';
import type { user as english } from '../en/user.ts';

export const user: SameWords<typeof english> = {
  title: 'Utilisateur',
};

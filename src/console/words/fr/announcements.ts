// French words of the page “Announcements”.
import type { SameWords } from '../../i18n/words.ts';
import type { announcements as english } from '../en/announcements.ts';

export const announcements: SameWords<typeof english> = {
  title: 'Annonces',
};

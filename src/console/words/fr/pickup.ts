// French words of the page “Pickup”.
import type { SameWords } from '../../i18n/words.ts';
import type { pickup as english } from '../en/pickup.ts';

export const pickup: SameWords<typeof english> = {
  title: 'Interception d’appel',
};

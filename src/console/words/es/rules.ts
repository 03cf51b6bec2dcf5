// Spanish words of the page “Rules”.
import type { SameWords } from '../../i18n/words.ts';
import type { rules as english } from '../en/rules.ts';

export const rules: SameWords<typeof english> = {
  title: 'Reglas',
};

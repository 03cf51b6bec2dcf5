// German words of the page “Audit log”.
import type { SameWords } from '../../i18n/words.ts';
import type { audit as english } from '../en/audit.ts';

export const audit: SameWords<typeof english> = {
  title: 'Audit-Protokoll',
};

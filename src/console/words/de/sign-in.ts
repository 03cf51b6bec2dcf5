// German words of the page “Sign in”.
import type { SameWords } from '../../i18n/words.ts';
import type { signIn as english } from '../en/sign-in.ts';

export const signIn: SameWords<typeof english> = {
  title: 'Anmelden',
  account: 'Konto',
  password: 'Passwort',
  submit: 'Anmelden',
};

// French words of the page “Sign in”.
import type { SameWords } from '../../i18n/words.ts';
import type { signIn as english } from '../en/sign-in.ts';

export const signIn: SameWords<typeof english> = {
  title: 'Connexion',
  account: 'Compte',
  password: 'Mot de passe',
  submit: 'Se connecter',
};

// Spanish words of the page “Sign in”.
import type { SameWords } from '../../i18n/words.ts';
import type { signIn as english } from '../en/sign-in.ts';

export const signIn: SameWords<typeof english> = {
  title: 'Iniciar sesión',
  account: 'Cuenta',
  password: 'Contraseña',
  submit: 'Entrar',
};

// Spanish words of the page “Sign in”.
import type { SameWords } from '../../i18n/words.ts';
import type { signIn as english } from '../en/sign-in.ts';

export const signIn: SameWords<typeof english> = {
  title: 'Iniciar sesión',
  account: 'Cuenta',
  password: 'Contraseña',
  submit: 'Entrar',
  wrong: 'La cuenta o la contraseña no es correcta.',
  tooMany:
    'Hubo demasiadas contraseñas incorrectas. Espere un poco y vuelva a intentarlo, o pida una ' +
    'contraseña nueva a un administrador.',
  help: '¿No tiene cuenta o perdió la contraseña? Un administrador de esta centralita puede ayudarle.',
  changeTitle: 'Elija una contraseña propia',
  changeText:
    'La contraseña con la que entró se la dio otra persona. Elija una que solo usted conozca y ' +
    'se abrirá la consola.',
};

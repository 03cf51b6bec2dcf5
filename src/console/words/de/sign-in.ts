// German words of the page “Sign in”.
import type { SameWords } from '../../i18n/words.ts';
import type { signIn as english } from '../en/sign-in.ts';

export const signIn: SameWords<typeof english> = {
  title: 'Anmelden',
  account: 'Konto',
  password: 'Passwort',
  submit: 'Anmelden',
  wrong: 'Das Konto oder das Passwort ist falsch.',
  tooMany:
    'Zu viele falsche Passwörter. Warten Sie ein wenig und versuchen Sie es erneut, oder ' +
    'bitten Sie einen Administrator um ein neues Passwort.',
  help: 'Kein Konto oder kein Passwort mehr? Ein Administrator dieser Telefonanlage kann helfen.',
  changeTitle: 'Wählen Sie ein eigenes Passwort',
  changeText:
    'Ihr bisheriges Passwort hat Ihnen jemand gegeben. Wählen Sie eines, das nur Sie kennen; ' +
    'dann öffnet sich die Konsole.',
};

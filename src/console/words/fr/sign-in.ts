// French words of the page “Sign in”.
import type { SameWords } from '../../i18n/words.ts';
import type { signIn as english } from '../en/sign-in.ts';

export const signIn: SameWords<typeof english> = {
  title: 'Connexion',
  account: 'Compte',
  password: 'Mot de passe',
  submit: 'Se connecter',
  wrong: 'Le compte ou le mot de passe est incorrect.',
  tooMany:
    'Trop de mots de passe incorrects. Attendez un peu et réessayez, ou demandez un nouveau ' +
    'mot de passe à un administrateur.',
  help: 'Pas de compte, ou plus de mot de passe ? Un administrateur de ce PBX peut vous aider.',
  changeTitle: 'Choisissez votre propre mot de passe',
  changeText:
    'Le mot de passe que vous venez d’utiliser vous a été donné. Choisissez-en un que vous ' +
    'seul connaissez, et la console s’ouvrira.',
};

// The page “Sign in”, in the place of every other page until somebody is.
import { t } from '../../i18n/t.tsx';
import { Alone } from './alone.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  return (
    <Alone title={t('signIn.title')}>
      <SignInForm />
      <p class="hint">{t('signIn.help')}</p>
    </Alone>
  );
}

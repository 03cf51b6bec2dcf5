// The page “Sign in”, in the place of every other page until somebody is.
import { Icon } from '../../components/icon.tsx';
import { useTitle } from '../../components/page.tsx';
import { t } from '../../i18n/t.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  useTitle(t('signIn.title'));
  return (
    <main class="alone">
      <div class="card sign-in">
        <p class="brand">
          <Icon name="shield" /> {t('shell.product')}
        </p>
        <h1>{t('signIn.title')}</h1>
        <SignInForm />
        <p class="hint">{t('signIn.help')}</p>
      </div>
    </main>
  );
}

// In the place of every page, until a password that somebody else gave is changed.
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTitle } from '../../components/page.tsx';
import { t } from '../../i18n/t.tsx';
import { signOut } from '../../shell/session.ts';
import { PasswordForm } from '../account/password-form.tsx';

export function MustChangePage() {
  useTitle(t('signIn.changeTitle'));
  return (
    <main class="alone">
      <div class="card sign-in">
        <p class="brand">
          <Icon name="shield" /> {t('shell.product')}
        </p>
        <h1>{t('signIn.changeTitle')}</h1>
        <p class="quiet">{t('signIn.changeText')}</p>
        <PasswordForm wide />
        <Button kind="quiet" onClick={() => void signOut()}>
          {t('shell.signOut')}
        </Button>
      </div>
    </main>
  );
}

// In the place of every page, until a password that somebody else gave is changed.
import { Button } from '../../components/button.tsx';
import { t } from '../../i18n/t.tsx';
import { signOut } from '../../shell/session.ts';
import { PasswordForm } from '../account/password-form.tsx';
import { Alone } from './alone.tsx';

export function MustChangePage() {
  return (
    <Alone title={t('signIn.changeTitle')}>
      <p class="quiet">{t('signIn.changeText')}</p>
      <PasswordForm wide />
      <Button kind="quiet" onClick={() => void signOut()}>
        {t('shell.signOut')}
      </Button>
    </Alone>
  );
}

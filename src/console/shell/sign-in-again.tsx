// Over a page whose session has ended: sign in, and go on with what was typed.
import { Dialog } from '../components/dialog.tsx';
import { t } from '../i18n/t.tsx';
import { SignInForm } from '../pages/sign-in/sign-in-form.tsx';

export function SignInAgain({ name }: { readonly name: string }) {
  return (
    <Dialog title={t('shell.sessionEndedTitle')} onClose={() => undefined} firm>
      <p>{t('shell.sessionEndedText')}</p>
      <SignInForm name={name} />
      <p>
        <a href="/" onClick={() => location.assign('/')}>
          {t('shell.otherAccount')}
        </a>
      </p>
    </Dialog>
  );
}

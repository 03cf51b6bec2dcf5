// A new password for somebody else: drawn, and with the end of his tokens unless they are kept.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { SwitchField } from '../../components/choices.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Form } from '../../components/form.tsx';
import { t } from '../../i18n/t.tsx';
import { currentMe } from '../../shell/session.ts';

interface ResetPasswordProps {
  readonly name: string;
  readonly path: string;
  readonly onDone: (password: string) => void;
  readonly onClose: () => void;
}

export function ResetPassword({ name, path, onDone, onClose }: ResetPasswordProps) {
  const [removes, setRemoves] = useState(currentMe()?.name !== name);
  const reset = useAction(async () => {
    const words = { keepTokens: !removes };
    onDone((await api.post<{ readonly password: string }>(`${path}/password`, words)).password);
  });
  return (
    <Dialog title={t('accounts.passwordReset')} onClose={onClose}>
      <Form action={reset} submit={t('accounts.passwordReset')} onCancel={onClose}>
        <p>{t('accounts.passwordResetText', { name })}</p>
        <SwitchField
          label={t('accounts.removeTokens')}
          text={t('accounts.removeTokensText')}
          checked={removes}
          onChange={setRemoves}
        />
      </Form>
    </Dialog>
  );
}

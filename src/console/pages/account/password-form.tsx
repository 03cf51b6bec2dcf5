// Changing one's own password: the present one, the new one, and the new one once more.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { ApiProblem, asProblem } from '../../api/problem.ts';
import { useAction } from '../../api/use-action.ts';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { toast } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import { enter, type Me } from '../../shell/session.ts';

async function send(old: string, chosen: string): Promise<Me> {
  try {
    return await api.post<Me>('/session/password', { old, new: chosen });
  } catch (error) {
    const problem = asProblem(error);
    if (problem.code !== 'wrong-password') throw problem;
    throw new ApiProblem(problem.code, problem.status, t('account.wrongPassword'));
  }
}

export function PasswordForm({ wide = false }: { readonly wide?: boolean }) {
  const [old, setOld] = useState('');
  const [chosen, setChosen] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== chosen;
  const save = useAction(async () => {
    enter(await send(old, chosen));
    for (const clear of [setOld, setChosen, setAgain]) clear('');
    toast(t('account.passwordChanged'));
  });
  return (
    <Form
      action={save}
      submit={t('account.changePassword')}
      unchanged={old === '' || chosen === '' || again !== chosen}
      wide={wide}
    >
      <TextField
        label={t('account.oldPassword')}
        type="password"
        value={old}
        onChange={setOld}
        autocomplete="current-password"
        required
      />
      <TextField
        label={t('account.newPassword')}
        hint={t('account.newPasswordHint')}
        type="password"
        value={chosen}
        onChange={setChosen}
        autocomplete="new-password"
        required
      />
      <TextField
        label={t('account.repeatPassword')}
        type="password"
        value={again}
        onChange={setAgain}
        error={differs ? t('account.notTheSame') : undefined}
        autocomplete="new-password"
        required
      />
    </Form>
  );
}

// Account and password; whoever signs in is back where he was.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Form } from '../../components/form.tsx';
import { TextField } from '../../components/fields.tsx';
import { t } from '../../i18n/t.tsx';
import { enter, type Me } from '../../shell/session.ts';

/** `name`: whose session has ended; he needs to give his password only. */
export function SignInForm({ name = '' }: { readonly name?: string }) {
  const [account, setAccount] = useState(name);
  const [password, setPassword] = useState('');
  const signIn = useAction(async () => enter(await api.post<Me>('/session', { name: account, password })));
  return (
    <Form onSubmit={signIn.run} busy={signIn.busy} problem={signIn.problem} submit={t('signIn.submit')} wide>
      <TextField
        label={t('signIn.account')}
        value={account}
        onChange={setAccount}
        autocomplete="username"
        autofocus={name === ''}
        required
      />
      <TextField
        label={t('signIn.password')}
        type="password"
        value={password}
        onChange={setPassword}
        autocomplete="current-password"
        autofocus={name !== ''}
        required
      />
    </Form>
  );
}

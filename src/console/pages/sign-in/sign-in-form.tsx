// Account and password; whoever signs in is back where he was.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { ApiProblem, asProblem } from '../../api/problem.ts';
import { useAction } from '../../api/use-action.ts';
import { Form } from '../../components/form.tsx';
import { TextField } from '../../components/fields.tsx';
import { t } from '../../i18n/t.tsx';
import { enter, type Me } from '../../shell/session.ts';

/** The two refusals that people meet, in their own language. */
const refusals = { 'wrong-password': 'signIn.wrong', 'too-many': 'signIn.tooMany' } as const;

async function send(name: string, password: string): Promise<Me> {
  try {
    return await api.post<Me>('/session', { name, password });
  } catch (error) {
    const problem = asProblem(error);
    const { code, status } = problem;
    if (code !== 'wrong-password' && code !== 'too-many') throw problem;
    throw new ApiProblem(code, status, t(refusals[code]));
  }
}

/** `name`: whose session has ended; he needs to give his password only. */
export function SignInForm({ name = '' }: { readonly name?: string }) {
  const [account, setAccount] = useState(name);
  const [password, setPassword] = useState('');
  const signIn = useAction(async () => enter(await send(account, password)));
  return (
    <Form action={signIn} submit={t('signIn.submit')} wide>
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

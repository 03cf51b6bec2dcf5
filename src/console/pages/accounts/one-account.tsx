// The page of one account: its roles and phone, a new password, where it is signed in, its tokens, and its end.
import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button } from '../../components/button.tsx';
import { SwitchField } from '../../components/choices.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { toast, toastOutcome } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import { Sessions } from '../account/sessions.tsx';
import { Tokens } from '../account/tokens.tsx';
import { AccountFields, bodyOf } from './account-fields.tsx';
import { AccountState, GivenPassword, type Account } from './accounts.tsx';

type Outcome = Parameters<typeof toastOutcome>[0];

export default function OneAccountPage() {
  const name = useRoute().params['name'] ?? '';
  const path = `/accounts/${encodeURIComponent(name)}`;
  const account = useResource<Account>(path);
  const { route } = useLocation();
  const [password, setPassword] = useState<string | null>(null);
  const reset = useAction(async () => {
    const answer = await api.post<{ readonly password: string }>(`${path}/password`, {});
    setPassword(answer.password);
    account.reload();
  });
  const removal = useAction(async () => {
    toastOutcome(await api.delete<Outcome>(path));
    route('/accounts');
  });
  const ask = async (question: Parameters<typeof confirm>[0], go: () => Promise<unknown>) => {
    if (await confirm(question)) await go();
  };
  const resetQuestion = {
    title: t('accounts.passwordReset'),
    text: t('accounts.passwordResetText', { name }),
    action: t('accounts.passwordReset'),
  };
  const removeQuestion = {
    title: t('accounts.removeTitle', { name }),
    text: t('accounts.removeText'),
    action: t('accounts.remove'),
    danger: true,
  };
  const actions = (
    <>
      <Button icon="key" busy={reset.busy} onClick={() => void ask(resetQuestion, reset.run)}>
        {t('accounts.passwordReset')}
      </Button>
      <Button icon="trash" busy={removal.busy} onClick={() => void ask(removeQuestion, removal.run)}>
        {t('accounts.remove')}
      </Button>
    </>
  );
  const problem = reset.problem ?? removal.problem;
  return (
    <Page title={name} up={{ href: '/accounts', title: t('accounts.title') }} actions={actions}>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={account.reload} />}
      <Loaded of={account}>
        {(data) => (
          <>
            <Fields key={JSON.stringify(data)} account={data} path={path} onReload={account.reload} />
            <Sessions of={path} />
            <Tokens of={path} rights={data.rights} />
          </>
        )}
      </Loaded>
      {password === null ? null : (
        <GivenPassword given={{ name, password }} onClose={() => setPassword(null)} />
      )}
    </Page>
  );
}

interface FieldsProps {
  readonly account: Account;
  readonly path: string;
  readonly onReload: () => void;
}

function Fields({ account, path, onReload }: FieldsProps) {
  const { displayName, roles, extension } = account;
  const [draft, setDraft] = useState({ displayName, roles, extension: extension ?? '' });
  const [enabled, setEnabled] = useState(account.enabled);
  const save = useAction(async () => {
    const outcome = await api.patch<Outcome>(path, { ...bodyOf(draft), enabled });
    toast(t('ui.saved'));
    for (const notice of outcome.notices) toast(notice);
    onReload();
  });
  return (
    <Section title={t('accounts.fields')} actions={<AccountState account={account} />}>
      <Form action={save} onReload={onReload} unchanged={draft.roles.length === 0}>
        <AccountFields draft={draft} onChange={setDraft} />
        <SwitchField
          label={t('accounts.enabled')}
          text={t('accounts.enabledText')}
          checked={enabled}
          onChange={setEnabled}
        />
      </Form>
    </Section>
  );
}

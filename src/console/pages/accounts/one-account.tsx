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
import { toast, toastOutcome, toastSaid } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import { Sessions } from '../account/sessions.tsx';
import { Tokens } from '../account/tokens.tsx';
import { AccountFields, bodyOf } from './account-fields.tsx';
import { ResetPassword } from './reset-password.tsx';
import { AccountState, GivenPassword, type Account } from './accounts.tsx';

type Outcome = Parameters<typeof toastOutcome>[0];

export default function OneAccountPage() {
  const name = useRoute().params['name'] ?? '';
  const path = `/accounts/${encodeURIComponent(name)}`;
  const account = useResource<Account>(path);
  const { route } = useLocation();
  const [password, setPassword] = useState<string | null>(null);
  // What the reset has ended is read anew.
  const [turn, setTurn] = useState(0);
  const [resetting, setResetting] = useState(false);
  const removal = useAction(async () => {
    toastOutcome(await api.delete<Outcome>(path));
    route('/accounts');
  });
  const removeQuestion = {
    title: t('accounts.removeTitle', { name }),
    text: t('accounts.removeText'),
    action: t('accounts.remove'),
    danger: true,
  };
  const remove = async () => {
    if (await confirm(removeQuestion)) await removal.run();
  };
  const actions = (
    <>
      <Button icon="key" onClick={() => setResetting(true)}>
        {t('accounts.passwordReset')}
      </Button>
      <Button icon="trash" busy={removal.busy} onClick={() => void remove()}>
        {t('accounts.remove')}
      </Button>
    </>
  );
  const { problem } = removal;
  return (
    <Page title={name} up={{ href: '/accounts', title: t('accounts.title') }} actions={actions}>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={account.reload} />}
      <Loaded of={account}>
        {(data) => (
          <>
            <Fields key={JSON.stringify(data)} account={data} path={path} onReload={account.reload} />
            <Sessions key={`sessions ${turn}`} of={path} />
            <Tokens key={`tokens ${turn}`} of={path} rights={data.rights} />
          </>
        )}
      </Loaded>
      {resetting ? (
        <ResetPassword
          name={name}
          path={path}
          onDone={(drawn) => {
            setResetting(false);
            setPassword(drawn);
            setTurn(turn + 1);
            account.reload();
          }}
          onClose={() => setResetting(false)}
        />
      ) : null}
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
  const [keepTokens, setKeepTokens] = useState(false);
  const save = useAction(async () => {
    const outcome = await api.patch<Outcome>(path, { ...bodyOf(draft), enabled, keepTokens });
    toast(t('ui.saved'));
    for (const notice of outcome.notices) toastSaid(notice);
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
        {enabled && !account.enabled ? (
          <SwitchField
            label={t('accounts.keepTokens')}
            text={t('accounts.keepTokensText')}
            checked={keepTokens}
            onChange={setKeepTokens}
          />
        ) : null}
      </Form>
    </Section>
  );
}

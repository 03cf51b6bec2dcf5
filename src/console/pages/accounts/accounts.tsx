// The page “Accounts”: who may use the console and the API, with which roles; new ones are added here.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import type { accountForm } from '../../../http/api/routes/accounts.ts';
import { ShownOnce } from '../account/shown-once.tsx';
import { AccountFields, bodyOf, type AccountDraft } from './account-fields.tsx';
import { roleName } from './role-words.ts';

export type Account = z.infer<typeof accountForm>;

interface Given {
  readonly name: string;
  readonly password: string;
}

export default function AccountsPage() {
  const accounts = useResource<{ readonly accounts: readonly Account[] }>('/accounts');
  const [adding, setAdding] = useState(false);
  const [given, setGiven] = useState<Given | null>(null);
  const add = (
    <Button kind="primary" icon="add" onClick={() => setAdding(true)}>
      {t('accounts.add')}
    </Button>
  );
  return (
    <Page title={t('accounts.title')} lead={t('accounts.lead')} actions={add}>
      <Section flush>
        <Loaded of={accounts}>
          {({ accounts: rows }) => (
            <Table
              label={t('accounts.title')}
              rows={rows}
              columns={columns()}
              rowKey={({ name }) => name}
              tone={({ enabled }) => (enabled ? undefined : 'warn')}
            />
          )}
        </Loaded>
      </Section>
      {adding ? (
        <AddAccount
          onClose={() => setAdding(false)}
          onAdded={(added) => {
            setAdding(false);
            setGiven(added);
            accounts.reload();
          }}
        />
      ) : null}
      {given === null ? null : <GivenPassword given={given} onClose={() => setGiven(null)} />}
    </Page>
  );
}

export function GivenPassword({ given, onClose }: { readonly given: Given; readonly onClose: () => void }) {
  return (
    <ShownOnce
      title={t('accounts.passwordOf', { name: given.name })}
      text={t('accounts.passwordOnce')}
      secret={given.password}
      onClose={onClose}
    />
  );
}

const columns = (): readonly Column<Account>[] => [
  {
    key: 'name',
    title: t('accounts.name'),
    render: ({ name }) => <a href={`/accounts/${encodeURIComponent(name)}`}>{name}</a>,
    sort: ({ name }) => name,
  },
  {
    key: 'displayName',
    title: t('accounts.displayName'),
    render: ({ displayName }) => (displayName === '' ? '–' : displayName),
    sort: ({ displayName }) => displayName,
  },
  { key: 'roles', title: t('accounts.roles'), render: ({ roles }) => formatList(roles.map(roleName)) },
  {
    key: 'extension',
    title: t('accounts.extension'),
    render: ({ extension }) => <span class="number">{extension ?? '–'}</span>,
  },
  { key: 'state', title: t('accounts.state'), render: (account) => <AccountState account={account} /> },
];

export function AccountState({ account }: { readonly account: Account }) {
  if (!account.enabled) return <Badge tone="bad">{t('accounts.stateDisabled')}</Badge>;
  if (account.mustChange) return <Badge tone="warn">{t('accounts.stateMustChange')}</Badge>;
  return <Badge tone="good">{t('accounts.stateEnabled')}</Badge>;
}

interface AddAccountProps {
  readonly onAdded: (given: Given) => void;
  readonly onClose: () => void;
}

const empty: AccountDraft = { displayName: '', roles: [], extension: '' };

function AddAccount({ onAdded, onClose }: AddAccountProps) {
  const [name, setName] = useState('');
  const [draft, setDraft] = useState(empty);
  const save = useAction(async () => {
    const wanted = name.trim().toLowerCase();
    const added = await api.post<{ readonly password: string }>('/accounts', {
      name: wanted,
      ...bodyOf(draft),
    });
    onAdded({ name: wanted, password: added.password });
  });
  return (
    <Dialog title={t('accounts.add')} onClose={onClose}>
      <Form
        action={save}
        submit={t('accounts.add')}
        unchanged={name.trim() === '' || draft.roles.length === 0}
        onCancel={onClose}
      >
        <TextField
          label={t('accounts.name')}
          hint={t('accounts.nameHint')}
          value={name}
          onChange={setName}
          maxLength={40}
          required
          autofocus
        />
        <AccountFields draft={draft} onChange={setDraft} />
      </Form>
    </Dialog>
  );
}

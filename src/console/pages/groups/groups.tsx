// The page “Groups”: classes of service, what each gives, and how many are in it.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { draftOf, LayerFields, termsOf } from '../users/layer-fields.tsx';
import { groupHref, levelWord } from '../users/user-columns.tsx';
import type { ListedGroup } from './group-names.ts';

type Outcome = z.infer<typeof outcomeForm>;

const rightWords = {
  on: 'users.right-on',
  off: 'users.right-off',
  inherit: 'users.inherit',
} as const;

export default function GroupsPage() {
  const groups = useResource<{ readonly groups: readonly ListedGroup[] }>('/groups');
  const [adding, setAdding] = useState(false);
  const add = (
    <Button kind="primary" icon="add" onClick={() => setAdding(true)}>
      {t('groups.add')}
    </Button>
  );
  const mayAdd = may('system.write');
  return (
    <Page title={t('groups.title')} lead={t('groups.lead')} actions={mayAdd ? add : null}>
      <Section flush>
        <Loaded of={groups}>
          {({ groups: rows }) => (
            <Table
              label={t('groups.title')}
              rows={rows}
              columns={columns()}
              rowKey={({ name }) => name}
              empty={<Empty title={t('groups.noneTitle')} text={t('groups.noneText')} />}
            />
          )}
        </Loaded>
      </Section>
      {adding ? (
        <AddGroup
          onClose={() => setAdding(false)}
          onDone={(outcome) => {
            setAdding(false);
            toastOutcome(outcome);
            groups.reload();
          }}
        />
      ) : null}
    </Page>
  );
}

const columns = (): readonly Column<ListedGroup>[] => [
  {
    key: 'name',
    title: t('groups.name'),
    render: ({ name }) => <a href={groupHref(name)}>{name}</a>,
    sort: ({ name }) => name,
  },
  {
    key: 'members',
    title: t('groups.members'),
    align: 'end',
    render: ({ memberCount }) => memberCount,
    sort: ({ memberCount }) => memberCount,
  },
  {
    key: 'right',
    title: t('users.right'),
    render: ({ right }) => (
      <Badge tone={right === 'on' ? 'good' : right === 'off' ? 'bad' : 'plain'}>{t(rightWords[right])}</Badge>
    ),
  },
  { key: 'level', title: t('users.level'), render: ({ level }) => levelWord(level) },
  {
    key: 'countries',
    title: t('groups.countries'),
    align: 'end',
    render: ({ countryCount }) => countryCount,
  },
];

interface AddGroupProps {
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

const silent = { right: 'inherit', level: null, schedule: null, pin: null } as const;

function AddGroup({ onDone, onClose }: AddGroupProps) {
  const [name, setName] = useState('');
  const [layer, setLayer] = useState(() => draftOf(silent));
  const save = useAction(async () => {
    onDone(await api.post<Outcome>('/groups', { name: name.trim(), ...termsOf(layer) }));
  });
  return (
    <Dialog title={t('groups.add')} onClose={onClose}>
      <Form action={save} unchanged={name.trim() === ''} onCancel={onClose}>
        <TextField
          label={t('groups.name')}
          hint={t('groups.nameHint')}
          value={name}
          onChange={setName}
          required
          autofocus
        />
        <LayerFields draft={layer} onChange={setLayer} />
      </Form>
    </Dialog>
  );
}

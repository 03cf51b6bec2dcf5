// Who is in a group: numbers and ranges are put in, chosen ones are taken out.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table } from '../../components/table.tsx';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import type { ListedUser } from '../users/users.tsx';
import { userHref } from '../users/user-columns.tsx';
import type { Group, Outcome } from './group.tsx';

/** Members that are shown until all of them are asked for. */
const SHOWN_MAX = 100;
/** As many as the API gives at once. */
const NAMED_MAX = 500;

interface GroupMembersProps {
  readonly group: Group;
  readonly path: string;
  readonly onDone: (outcome: Outcome) => void;
}

export function GroupMembers({ group, path, onDone }: GroupMembersProps) {
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const mayChange = may('users.write');
  const extensions = words.split(/[\s,]+/).filter((word) => word !== '');
  const add = useAction(async () => {
    onDone(await api.post<Outcome>(`${path}/members`, { extensions }));
    setWords('');
  });
  const drop = useAction(async () => {
    onDone(await api.post<Outcome>(`${path}/members/remove`, { extensions: [...chosen] }));
    setChosen(new Set());
  });
  const named = useResource<{ readonly rows: readonly ListedUser[] }>('/extensions', {
    group: group.name,
    limit: NAMED_MAX,
  });
  const names = new Map(named.data?.rows.map(({ extension, name }) => [extension, name]));
  const shown = all ? group.members : group.members.slice(0, SHOWN_MAX);
  const bar = (
    <Button icon="trash" busy={drop.busy} onClick={() => void drop.run()}>
      {t('groups.takeOut')}
    </Button>
  );
  return (
    <Section title={t('groups.members')} lead={t('groups.memberCount', { count: group.members.length })}>
      {mayChange ? (
        <Form action={add} unchanged={extensions.length === 0} submit={t('groups.putIn')}>
          <TextField
            label={t('users.extensions')}
            hint={t('users.extensionsHint')}
            value={words}
            onChange={setWords}
          />
        </Form>
      ) : null}
      {drop.problem === null ? null : <ProblemNote problem={drop.problem} />}
      <Table
        label={t('groups.members')}
        rows={shown.map((extension) => ({ extension, name: names.get(extension) ?? '' }))}
        columns={[
          {
            key: 'extension',
            title: t('users.extension'),
            render: ({ extension }) => <a href={userHref(extension)}>{extension}</a>,
          },
          { key: 'name', title: t('users.name'), render: ({ name }) => name || '–' },
        ]}
        rowKey={({ extension }) => extension}
        {...(mayChange ? { selection: { chosen, onChange: setChosen, bar } } : {})}
      />
      {shown.length < group.members.length ? (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {t('ui.andMore', { count: group.members.length - shown.length })}
        </Button>
      ) : null}
    </Section>
  );
}

// Pickup rights beside the groups: a deputy until Friday, the reception during its hours.
import { useState } from 'preact/hooks';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { usePages } from '../../api/use-pages.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge, type BadgeTone } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { SwitchField } from '../../components/choices.tsx';
import { ComboBox } from '../../components/combobox.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, Toolbar, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { UntilField } from '../../components/until-field.tsx';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { validityText } from '../authorised/lists.ts';
import { partyLabel, usePartyOptions, type Outcome, type PickupRight } from './parties.ts';

export function Rights() {
  const [expired, setExpired] = useState(false);
  const [isNew, setNew] = useState(false);
  const pages = usePages<PickupRight>('/pickup/rights', { show: expired ? 'all' : 'current' });
  const mayChange = may('system.write');
  const prune = async () => {
    await attempt(() => api.post<Outcome>('/pickup/rights/prune'));
    pages.reload();
  };
  return (
    <Section
      title={t('pickup.rights')}
      flush
      actions={
        mayChange ? (
          <Button kind="primary" icon="add" onClick={() => setNew(true)}>
            {t('pickup.newRight')}
          </Button>
        ) : undefined
      }
    >
      <Toolbar>
        <SwitchField label={t('pickup.showExpired')} checked={expired} onChange={setExpired} />
        {mayChange && expired ? (
          <Button kind="quiet" onClick={() => void prune()}>
            {t('pickup.prune')}
          </Button>
        ) : null}
      </Toolbar>
      {pages.problem === null ? null : <ProblemNote problem={pages.problem} onRetry={pages.reload} />}
      <Table
        label={t('pickup.rights')}
        rows={pages.problem === null ? pages.rows : (pages.rows ?? [])}
        rowKey={({ id }) => String(id)}
        columns={columns(mayChange, pages.reload)}
        paging={pages.paging}
        empty={<Empty title={t('pickup.noRights')} text={t('pickup.noRightsText')} />}
      />
      {isNew ? (
        <NewRight
          onDone={(outcome) => {
            setNew(false);
            toastOutcome(outcome);
            pages.reload();
          }}
          onClose={() => setNew(false)}
        />
      ) : null}
    </Section>
  );
}

const stateWords = {
  active: ['pickup.active', 'good'],
  'not-yet': ['pickup.notYet', 'warn'],
  expired: ['pickup.expired', 'plain'],
} as const satisfies Record<PickupRight['state'], readonly [string, BadgeTone]>;

function columns(mayChange: boolean, changed: () => void): readonly Column<PickupRight>[] {
  const remove = async ({ id, ...right }: PickupRight) => {
    const [picker, target] = [partyLabel(right.picker), partyLabel(right.target)];
    const title = t('pickup.removeRight', { picker, target });
    if (!(await confirm({ title, action: t('pickup.remove'), danger: true }))) return;
    await attempt(() => api.delete<Outcome>(`/pickup/rights/${id}`, { ifMatch: '*' }));
    changed();
  };
  return [
    { key: 'picker', title: t('pickup.picker'), render: ({ picker }) => partyLabel(picker) },
    { key: 'target', title: t('pickup.target'), render: ({ target }) => partyLabel(target) },
    {
      key: 'state',
      title: t('pickup.state'),
      render: ({ state }) => <Badge tone={stateWords[state][1]}>{t(stateWords[state][0])}</Badge>,
    },
    { key: 'valid', title: t('pickup.valid'), render: validityText },
    {
      key: 'schedule',
      title: t('pickup.schedule'),
      render: ({ schedule }) => schedule || t('pickup.always'),
    },
    { key: 'reason', title: t('pickup.reason'), render: ({ reason }) => reason },
    {
      key: 'act',
      title: t('pickup.actions'),
      bare: true,
      align: 'end',
      render: (right) =>
        mayChange ? (
          <IconButton
            icon="trash"
            label={t('ui.remove', { what: `${partyLabel(right.picker)} – ${partyLabel(right.target)}` })}
            onClick={() => void remove(right)}
          />
        ) : null,
    },
  ];
}

interface NewRightProps {
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

function NewRight({ onDone, onClose }: NewRightProps) {
  const [right, setRight] = useState({ picker: '', target: '', schedule: '', reason: '' });
  const [untilMs, setUntil] = useState<number | null>(null);
  const set = (part: Partial<typeof right>) => setRight({ ...right, ...part });
  const options = usePartyOptions(true);
  const schedules = useResource<{ readonly schedules: readonly { readonly name: string }[] }>('/schedules');
  const names = (schedules.data?.schedules ?? []).map(({ name }) => name);
  const save = useAction(async () =>
    onDone(await api.post<Outcome>('/pickup/rights', { ...right, untilMs })),
  );
  return (
    <Dialog title={t('pickup.newRight')} onClose={onClose}>
      <Form
        action={save}
        submit={t('ui.add')}
        unchanged={right.picker === '' || right.target === ''}
        onCancel={onClose}
      >
        <ComboBox
          label={t('pickup.picker')}
          hint={t('pickup.partyHint')}
          value={right.picker}
          options={options.filter(({ value }) => value !== 'any')}
          onChange={(picker) => set({ picker })}
          free
        />
        <ComboBox
          label={t('pickup.target')}
          hint={t('pickup.targetHint')}
          value={right.target}
          options={options}
          onChange={(target) => set({ target })}
          free
        />
        <UntilField value={untilMs} onChange={setUntil} />
        {names.length === 0 ? null : (
          <SelectField
            label={t('pickup.schedule')}
            value={right.schedule}
            options={['', ...names].map((value) => ({ value, label: value || t('pickup.always') }))}
            onChange={(schedule) => set({ schedule })}
          />
        )}
        <TextField
          label={t('pickup.reason')}
          value={right.reason}
          onChange={(reason) => set({ reason })}
          maxLength={200}
        />
      </Form>
    </Dialog>
  );
}

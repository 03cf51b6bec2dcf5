// Protected calls: nobody but the named ones may take them.
import { useState } from 'preact/hooks';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { usePages } from '../../api/use-pages.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ChoiceCards } from '../../components/choices.tsx';
import { ChipsField } from '../../components/combobox.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/page.tsx';
import { Person } from '../../components/person.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { partyLabel, usePartyOptions, type Outcome, type Protection } from './parties.ts';

const PATH = '/pickup/protections';
const pathOf = ({ kind, value }: Protection) => `${PATH}/${kind}/${encodeURIComponent(value)}`;

const kindWords = {
  extension: 'pickup.kindExtension',
  caller: 'pickup.kindCaller',
  dialled: 'pickup.kindDialled',
} as const;

export function Protections() {
  const pages = usePages<Protection>(PATH);
  const [open, setOpen] = useState<Protection | 'new' | null>(null);
  const mayChange = may('system.write');
  const done = (outcome: Outcome) => {
    setOpen(null);
    toastOutcome(outcome);
    pages.reload();
  };
  return (
    <Section
      title={t('pickup.protected')}
      flush
      actions={
        mayChange ? (
          <Button kind="primary" icon="add" onClick={() => setOpen('new')}>
            {t('pickup.protect')}
          </Button>
        ) : undefined
      }
    >
      {pages.problem === null ? null : <ProblemNote problem={pages.problem} onRetry={pages.reload} />}
      <Table
        label={t('pickup.protected')}
        rows={pages.problem === null ? pages.rows : (pages.rows ?? [])}
        rowKey={({ kind, value }) => `${kind} ${value}`}
        columns={columns(mayChange, setOpen, pages.reload)}
        paging={pages.paging}
        empty={<Empty title={t('pickup.noProtections')} text={t('pickup.noProtectionsText')} />}
      />
      {open === 'new' ? <NewProtection onDone={done} onClose={() => setOpen(null)} /> : null}
      {open !== 'new' && open !== null ? (
        <EditProtection protection={open} onDone={done} onClose={() => setOpen(null)} />
      ) : null}
    </Section>
  );
}

function columns(
  mayChange: boolean,
  edit: (protection: Protection) => void,
  changed: () => void,
): readonly Column<Protection>[] {
  const remove = async (protection: Protection) => {
    const title = t('pickup.removeProtection', { value: protection.value });
    if (!(await confirm({ title, action: t('pickup.remove'), danger: true }))) return;
    await attempt(() => api.delete<Outcome>(pathOf(protection), { ifMatch: '*' }));
    changed();
  };
  return [
    { key: 'kind', title: t('pickup.kind'), render: ({ kind }) => t(kindWords[kind]) },
    {
      key: 'value',
      title: t('pickup.value'),
      render: ({ kind, value }) =>
        kind === 'extension' ? <Person extension={value} /> : <span class="number">{value}</span>,
    },
    {
      key: 'allowed',
      title: t('pickup.allowed'),
      render: ({ allowed }) =>
        allowed.length === 0 ? (
          <span class="quiet">{t('pickup.nobody')}</span>
        ) : (
          formatList(allowed.map(partyLabel))
        ),
    },
    { key: 'reason', title: t('pickup.reason'), render: ({ reason }) => reason },
    {
      key: 'act',
      title: t('pickup.actions'),
      bare: true,
      align: 'end',
      render: (protection) =>
        mayChange ? (
          <div class="actions">
            <IconButton
              icon="edit"
              label={t('pickup.editNamed', { what: protection.value })}
              onClick={() => edit(protection)}
            />
            <IconButton
              icon="trash"
              label={t('ui.remove', { what: protection.value })}
              onClick={() => void remove(protection)}
            />
          </div>
        ) : null,
    },
  ];
}

interface DialogProps {
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

type Terms = Pick<Protection, 'allowed' | 'reason'>;

function TermFields({
  terms,
  onChange,
}: {
  readonly terms: Terms;
  readonly onChange: (terms: Terms) => void;
}) {
  return (
    <>
      <ChipsField
        label={t('pickup.allowed')}
        hint={t('pickup.allowedHint')}
        values={terms.allowed}
        options={usePartyOptions()}
        onChange={(allowed) => onChange({ ...terms, allowed })}
        free
      />
      <TextField
        label={t('pickup.reason')}
        value={terms.reason}
        onChange={(reason) => onChange({ ...terms, reason })}
        maxLength={200}
      />
    </>
  );
}

function NewProtection({ onDone, onClose }: DialogProps) {
  const [kind, setKind] = useState<Protection['kind']>('extension');
  const [value, setValue] = useState('');
  const [terms, setTerms] = useState<Terms>({ allowed: [], reason: '' });
  const save = useAction(async () => onDone(await api.post<Outcome>(PATH, { kind, value, ...terms })));
  return (
    <Dialog title={t('pickup.protect')} onClose={onClose}>
      <Form action={save} submit={t('ui.add')} unchanged={value === ''} onCancel={onClose}>
        <ChoiceCards<Protection['kind']>
          label={t('pickup.kind')}
          value={kind}
          choices={[
            { value: 'extension', label: t('pickup.kindExtension'), text: t('pickup.kindExtensionText') },
            { value: 'caller', label: t('pickup.kindCaller'), text: t('pickup.kindCallerText') },
            { value: 'dialled', label: t('pickup.kindDialled'), text: t('pickup.kindDialledText') },
          ]}
          onChange={setKind}
        />
        <TextField label={t('pickup.value')} value={value} onChange={setValue} maxLength={60} required />
        <TermFields terms={terms} onChange={setTerms} />
      </Form>
    </Dialog>
  );
}

function EditProtection({ protection, ...props }: DialogProps & { readonly protection: Protection }) {
  const read = useResource<Protection>(pathOf(protection));
  return (
    <Dialog title={t('pickup.editNamed', { what: protection.value })} onClose={props.onClose}>
      <Loaded of={read}>
        {(before) => (
          <EditFields key={JSON.stringify(before)} before={before} onReload={read.reload} {...props} />
        )}
      </Loaded>
    </Dialog>
  );
}

interface EditFieldsProps extends DialogProps {
  readonly before: Protection;
  readonly onReload: () => void;
}

function EditFields({ before, onReload, onDone, onClose }: EditFieldsProps) {
  const [terms, setTerms] = useState<Terms>({ allowed: before.allowed, reason: before.reason });
  const save = useAction(async () => onDone(await api.patch<Outcome>(pathOf(before), terms)));
  return (
    <Form action={save} onReload={onReload} onCancel={onClose}>
      <TermFields terms={terms} onChange={setTerms} />
    </Form>
  );
}

// Who is in quarantine, why and since when; released by one button.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button } from '../../components/button.tsx';
import { ChipsField } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Person } from '../../components/person.tsx';
import { Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { UntilField } from '../../components/until-field.tsx';
import { formatEnd, formatMoment } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import type { quarantineForm } from '../../../http/api/extension-forms.ts';
import type { outcomeForm } from '../../../http/api/forms.ts';

type Quarantine = z.infer<typeof quarantineForm>;
type Outcome = z.infer<typeof outcomeForm>;

const READ_EVERY_MS = 10_000;

export function Held() {
  const held = useResource<{ readonly quarantines: readonly Quarantine[] }>(
    '/quarantines',
    {},
    READ_EVERY_MS,
  );
  const [open, setOpen] = useState(false);
  const mayChange = may('users.write');
  const release = async (extension: string) => {
    await attempt(() => api.post<Outcome>('/quarantines/release', { extensions: [extension] }));
    held.reload();
  };
  return (
    <Section
      title={t('limits.quarantine')}
      lead={t('limits.quarantineLead')}
      actions={mayChange ? <Button onClick={() => setOpen(true)}>{t('limits.hold')}</Button> : undefined}
      flush
    >
      <Loaded of={held}>
        {(data) => (
          <Table
            label={t('limits.quarantine')}
            rows={data.quarantines}
            rowKey={({ extension }) => extension}
            tone={() => 'warn'}
            columns={columns(mayChange, (extension) => void release(extension))}
            empty={<Empty title={t('limits.nobody')} />}
          />
        )}
      </Loaded>
      {open ? (
        <HoldDialog
          onDone={(outcome) => {
            setOpen(false);
            toastOutcome(outcome);
            held.reload();
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </Section>
  );
}

function columns(mayChange: boolean, release: (extension: string) => void): readonly Column<Quarantine>[] {
  return [
    {
      key: 'extension',
      title: t('limits.extension'),
      sort: ({ extension }) => extension,
      render: ({ extension }) => (
        <Person extension={extension} href={`/users/${encodeURIComponent(extension)}`} />
      ),
    },
    { key: 'why', title: t('limits.why'), render: ({ reason }) => said(reason) },
    {
      key: 'since',
      title: t('limits.since'),
      sort: ({ sinceMs }) => sinceMs,
      render: ({ sinceMs }) => formatMoment(sinceMs),
    },
    {
      key: 'until',
      title: t('limits.until'),
      render: ({ untilMs }) => (untilMs === null ? t('limits.untilReleased') : formatEnd(untilMs)),
    },
    { key: 'by', title: t('limits.by'), render: ({ by }) => by },
    {
      key: 'act',
      title: t('limits.actions'),
      bare: true,
      align: 'end',
      render: ({ extension }) =>
        mayChange ? (
          <Button label={t('limits.releaseNamed', { extension })} onClick={() => release(extension)}>
            {t('limits.release')}
          </Button>
        ) : null,
    },
  ];
}

interface HoldDialogProps {
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

function HoldDialog({ onDone, onClose }: HoldDialogProps) {
  const [extensions, setExtensions] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [untilMs, setUntil] = useState<number | null>(null);
  const save = useAction(async () => {
    onDone(await api.post<Outcome>('/quarantines', { extensions, reason, untilMs }));
  });
  return (
    <Dialog title={t('limits.hold')} onClose={onClose}>
      <Form
        action={save}
        submit={t('limits.hold')}
        danger
        unchanged={extensions.length === 0 || reason.trim() === ''}
        onCancel={onClose}
      >
        <ChipsField
          label={t('limits.extensions')}
          hint={t('limits.extensionsHint')}
          values={extensions}
          options={[]}
          onChange={setExtensions}
          free
        />
        <TextField label={t('limits.reason')} value={reason} onChange={setReason} maxLength={200} required />
        <UntilField value={untilMs} onChange={setUntil} />
      </Form>
    </Dialog>
  );
}

// The extensions that may take any ringing call.
import { useState } from 'preact/hooks';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { usePages } from '../../api/use-pages.ts';
import { Button } from '../../components/button.tsx';
import { ChipsField } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { Form } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import type { Outcome } from './parties.ts';

const PATH = '/pickup/any-right';

export function AnyRight() {
  const pages = usePages<{ readonly extension: string; readonly name: string }>(PATH);
  const [open, setOpen] = useState(false);
  const mayChange = may('system.write');
  const takeAway = async (extension: string) => {
    await attempt(() => api.post<Outcome>(PATH, { extensions: [extension], holds: false }));
    pages.reload();
  };
  return (
    <Section
      title={t('pickup.anyRight')}
      lead={t('pickup.anyRightLead')}
      flush
      actions={mayChange ? <Button onClick={() => setOpen(true)}>{t('pickup.give')}</Button> : undefined}
    >
      <Table
        label={t('pickup.anyRight')}
        rows={pages.rows}
        rowKey={({ extension }) => extension}
        paging={pages.paging}
        empty={<Empty title={t('pickup.anyRightNobody')} />}
        columns={[
          {
            key: 'extension',
            title: t('pickup.extensions'),
            render: ({ extension }) => (
              <a class="number" href={`/users/${encodeURIComponent(extension)}`}>
                {extension}
              </a>
            ),
          },
          { key: 'name', title: t('pickup.member'), render: ({ name }) => name },
          {
            key: 'act',
            title: t('pickup.actions'),
            bare: true,
            align: 'end',
            render: ({ extension }) =>
              mayChange ? (
                <Button
                  kind="quiet"
                  label={t('pickup.takeAwayNamed', { extension })}
                  onClick={() => void takeAway(extension)}
                >
                  {t('pickup.takeAway')}
                </Button>
              ) : null,
          },
        ]}
      />
      {open ? (
        <GiveDialog
          onDone={(outcome) => {
            setOpen(false);
            toastOutcome(outcome);
            pages.reload();
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </Section>
  );
}

interface GiveDialogProps {
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

function GiveDialog({ onDone, onClose }: GiveDialogProps) {
  const [extensions, setExtensions] = useState<readonly string[]>([]);
  const save = useAction(async () => onDone(await api.post<Outcome>(PATH, { extensions, holds: true })));
  return (
    <Dialog title={t('pickup.anyRight')} onClose={onClose}>
      <Form action={save} submit={t('pickup.give')} unchanged={extensions.length === 0} onCancel={onClose}>
        <ChipsField
          label={t('pickup.extensions')}
          hint={t('pickup.extensionsHint')}
          values={extensions}
          options={[]}
          onChange={setExtensions}
          free
        />
      </Form>
    </Dialog>
  );
}

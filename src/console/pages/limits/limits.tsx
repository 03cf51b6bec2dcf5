// “Limits and quarantine”: who is held back, and how much of each limit is used up.
import { useState } from 'preact/hooks';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { withName } from '../../api/people.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { Held } from './held.tsx';
import { LimitDialog } from './limit-dialog.tsx';
import './limits.css';
import { classWords, holderText, limitText, thenText, type UsedLimit } from './limit-text.ts';

const READ_EVERY_MS = 30_000;

export default function Limits() {
  const limits = useResource<{ readonly limits: readonly UsedLimit[] }>('/limit-uses', {}, READ_EVERY_MS);
  const [open, setOpen] = useState<UsedLimit | 'new' | null>(null);
  const mayChange = may('system.write');
  return (
    <Page
      title={t('limits.title')}
      lead={t('limits.lead')}
      actions={
        mayChange ? (
          <Button kind="primary" icon="add" onClick={() => setOpen('new')}>
            {t('limits.newLimit')}
          </Button>
        ) : undefined
      }
    >
      <Held />
      <Section title={t('limits.limits')} flush>
        <Loaded of={limits}>
          {(data) => (
            <Table
              label={t('limits.limits')}
              rows={data.limits}
              rowKey={({ id }) => String(id)}
              rowName={limitText}
              columns={columns(mayChange, setOpen, limits.reload)}
              empty={<Empty title={t('limits.noLimits')} text={t('limits.noLimitsText')} />}
            />
          )}
        </Loaded>
      </Section>
      {open === null ? null : (
        <LimitDialog
          limit={open === 'new' ? null : open}
          onDone={(outcome) => {
            setOpen(null);
            toastOutcome(outcome);
            limits.reload();
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  );
}

/** Of the extension that has used the most, where each has a count of its own. */
function Use({ limit }: { readonly limit: UsedLimit }) {
  const { used, max, extensions } = limit;
  if (used === null) return <span class="quiet">–</span>;
  if (used === 0) return <span class="quiet">{t('limits.usedNone')}</span>;
  const [most] = extensions;
  const values = { used: formatNumber(used), max: formatNumber(max) };
  const text = most
    ? t('limits.usedBy', { ...values, extension: withName(most.extension) })
    : t('limits.usedOf', values);
  const nearness = used >= max ? 'bad' : used * 100 >= max * limit.warnPercent ? 'warn' : 'good';
  return (
    <div class="use">
      <span>{text}</span>
      <progress
        max={Math.max(1, max)}
        value={Math.min(used, Math.max(1, max))}
        data-tone={nearness}
        aria-hidden="true"
      />
    </div>
  );
}

function columns(
  mayChange: boolean,
  edit: (limit: UsedLimit) => void,
  changed: () => void,
): readonly Column<UsedLimit>[] {
  const acting: Column<UsedLimit> = {
    key: 'act',
    title: t('limits.actions'),
    bare: true,
    align: 'end',
    render: (limit) => <LimitActions limit={limit} onEdit={edit} onChanged={changed} />,
  };
  return [
    { key: 'limit', title: t('limits.limit'), render: limitText },
    { key: 'class', title: t('limits.counts'), render: (limit) => t(classWords[limit.class]) },
    { key: 'of', title: t('limits.of'), render: holderText },
    { key: 'used', title: t('limits.used'), render: (limit) => <Use limit={limit} /> },
    {
      key: 'then',
      title: t('limits.thenWhat'),
      render: (limit) => (
        <>
          {thenText(limit)} {limit.observe ? <Badge tone="info">{t('limits.observed')}</Badge> : null}
        </>
      ),
    },
    ...(mayChange ? [acting] : []),
  ];
}

interface LimitActionsProps {
  readonly limit: UsedLimit;
  readonly onEdit: (limit: UsedLimit) => void;
  readonly onChanged: () => void;
}

function LimitActions({ limit, onEdit, onChanged }: LimitActionsProps) {
  const what = `${limitText(limit)} – ${holderText(limit)}`;
  const remove = async () => {
    const question = { title: t('limits.removeTitle'), text: what, action: t('limits.remove'), danger: true };
    if (!(await confirm(question))) return;
    await attempt(() => api.delete(`/limits/${limit.id}`, { ifMatch: '*' }));
    onChanged();
  };
  return (
    <div class="actions">
      <IconButton icon="edit" label={t('limits.editNamed', { what })} onClick={() => onEdit(limit)} />
      <IconButton icon="trash" label={t('ui.remove', { what })} onClick={() => void remove()} />
    </div>
  );
}

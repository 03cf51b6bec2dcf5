// “PINs”: who has one, where it counts, how it is used, and who is locked after wrong ones.
import { useState } from 'preact/hooks';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { Badge, type BadgeTone } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { SearchField } from '../../components/fields.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ReportFilter, usualReport } from '../../components/report-filter.tsx';
import { Table, Toolbar, type Column } from '../../components/table.tsx';
import { formatList, formatMoment, formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { useAddress } from '../../shell/address.ts';
import { may } from '../../shell/session.ts';
import { validityText } from '../authorised/lists.ts';
import { Locked } from './locked.tsx';
import { NewPin, RenewPin, ShownOnce, type MadePin, type Pin } from './new-pin.tsx';

type Open = { readonly kind: 'new' } | { readonly kind: 'renew'; readonly pin: Pin } | MadePin | null;

export default function Pins() {
  const [{ search }, setFilter] = useAddress({ search: '' });
  const [open, setOpen] = useState<Open>(null);
  const [report, setReport] = useState(() => usualReport(''));
  const { kind, days } = report;
  const pages = usePages<Pin>('/pins', {
    search,
    ...(kind === 'unused' ? { unusedForDays: days } : {}),
    ...(kind === 'expiring' ? { endsWithinDays: days } : {}),
  });
  const mayChange = may('users.write');
  const close = () => setOpen(null);
  const made = (pin: MadePin) => {
    setOpen(pin.digits === null ? null : pin);
    pages.reload();
  };
  const newPin = (
    <Button kind="primary" icon="add" onClick={() => setOpen({ kind: 'new' })}>
      {t('pins.new')}
    </Button>
  );
  return (
    <Page title={t('pins.title')} lead={t('pins.lead')} actions={mayChange ? newPin : undefined}>
      <Locked mayChange={mayChange} />
      <Section title={t('pins.title')} flush>
        <Toolbar>
          <SearchField
            value={search}
            onChange={(next) => setFilter({ search: next })}
            label={t('pins.search')}
          />
          <ReportFilter choice={report} onChange={setReport} all={t('pins.all')} />
        </Toolbar>
        {pages.problem === null ? null : <ProblemNote problem={pages.problem} onRetry={pages.reload} />}
        <Table
          label={t('pins.title')}
          rows={pages.problem === null ? pages.rows : (pages.rows ?? [])}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          columns={columns(mayChange, (pin) => setOpen({ kind: 'renew', pin }), pages.reload)}
          paging={pages.paging}
          empty={
            search === '' && kind === '' ? (
              <Empty title={t('pins.none')} text={t('pins.noneText')} />
            ) : (
              <Empty title={t('ui.noMatches')} />
            )
          }
        />
      </Section>
      {open?.kind === 'new' ? <NewPin onMade={made} onClose={close} /> : null}
      {open?.kind === 'renew' ? <RenewPin pin={open.pin} onMade={made} onClose={close} /> : null}
      {open?.kind === 'made' ? <ShownOnce made={open} onClose={close} /> : null}
    </Page>
  );
}

const stateWords = {
  active: ['pins.active', 'good'],
  disabled: ['pins.disabled', 'plain'],
  expired: ['pins.expired', 'bad'],
  'not-yet': ['pins.notYet', 'warn'],
  'used-up': ['pins.usedUp', 'bad'],
} as const satisfies Record<Pin['state'], readonly [string, BadgeTone]>;

function countsAt({ extensions, groups, entry, person }: Pin): string {
  const places = [
    ...extensions,
    ...groups.map((group) => t('pins.group', { group })),
    ...(entry === null ? [] : [person === '' ? entry : `${person} (${entry})`]),
  ];
  return places.length === 0 ? t('pins.nowhere') : formatList(places);
}

function columns(mayChange: boolean, renew: (pin: Pin) => void, changed: () => void): readonly Column<Pin>[] {
  const acting: Column<Pin> = {
    key: 'act',
    title: t('pins.actions'),
    bare: true,
    align: 'end',
    render: (pin) => <PinActions pin={pin} onRenew={renew} onChanged={changed} />,
  };
  return [
    { key: 'name', title: t('pins.name'), render: ({ name }) => name },
    { key: 'at', title: t('pins.countsAt'), render: countsAt },
    {
      key: 'state',
      title: t('pins.state'),
      render: ({ state }) => <Badge tone={stateWords[state][1]}>{t(stateWords[state][0])}</Badge>,
    },
    {
      key: 'uses',
      title: t('pins.uses'),
      align: 'end',
      render: ({ uses, maxUses }) =>
        maxUses === null
          ? formatNumber(uses)
          : t('pins.usesLeft', { left: Math.max(0, maxUses - uses), max: maxUses }),
    },
    {
      key: 'made',
      title: t('pins.made'),
      render: ({ madeMs }) => (madeMs === null ? t('pins.madeUnknown') : formatMoment(madeMs)),
    },
    {
      key: 'last',
      title: t('pins.lastUsed'),
      render: ({ lastUsedMs }) => (lastUsedMs === null ? t('ui.never') : formatMoment(lastUsedMs)),
    },
    { key: 'valid', title: t('pins.valid'), render: validityText },
    ...(mayChange ? [acting] : []),
  ];
}

interface PinActionsProps {
  readonly pin: Pin;
  readonly onRenew: (pin: Pin) => void;
  readonly onChanged: () => void;
}

function PinActions({ pin, onRenew, onChanged }: PinActionsProps) {
  const { id, name, enabled } = pin;
  const flip = async () => {
    await attempt(() => api.patch(`/pins/${id}`, { enabled: !enabled }, { ifMatch: '*' }));
    onChanged();
  };
  const remove = async () => {
    const title = t('pins.removeTitle', { name });
    if (!(await confirm({ title, text: t('pins.removeText'), action: t('pins.remove'), danger: true })))
      return;
    await attempt(() => api.delete(`/pins/${id}`, { ifMatch: '*' }));
    onChanged();
  };
  return (
    <div class="actions">
      <IconButton icon="refresh" label={t('pins.renewNamed', { name })} onClick={() => onRenew(pin)} />
      <Button
        kind="quiet"
        label={t(enabled ? 'pins.disableNamed' : 'pins.enableNamed', { name })}
        onClick={() => void flip()}
      >
        {t(enabled ? 'pins.disable' : 'pins.enable')}
      </Button>
      <IconButton icon="trash" label={t('ui.remove', { what: name })} onClick={() => void remove()} />
    </div>
  );
}

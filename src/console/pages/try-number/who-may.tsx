// Who may call the number that was tried: asked for with a click.
import { useState } from 'preact/hooks';
import { useResource } from '../../api/use-resource.ts';
import { Button } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { t, tOr } from '../../i18n/t.tsx';
import { userHref } from '../users/user-columns.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

interface Heap {
  readonly verdict: 'continue' | 'deny' | 'challenge';
  readonly reason: string;
  readonly count: number;
  readonly extensions: readonly string[];
}

interface WhoMayProps {
  readonly number: string;
  readonly at: string;
}

export function WhoMay({ number, at }: WhoMayProps) {
  const [open, setOpen] = useState(false);
  const found = useResource<{ readonly reasons: readonly Heap[] }>(open ? '/who-may' : null, { number, at });
  return (
    <Section title={t('tryNumber.whoMay')} lead={t('tryNumber.whoMayLead')}>
      {open ? (
        <Loaded of={found}>
          {({ reasons }) => (
            <Table
              label={t('tryNumber.whoMay')}
              rows={reasons}
              columns={columns()}
              rowKey={({ verdict, reason }) => `${verdict} ${reason}`}
            />
          )}
        </Loaded>
      ) : (
        <div class="actions">
          <Button onClick={() => setOpen(true)}>{t('tryNumber.showWhoMay')}</Button>
        </div>
      )}
    </Section>
  );
}

const columns = (): readonly Column<Heap>[] => [
  { key: 'verdict', title: t('user.verdict'), render: ({ verdict }) => <VerdictBadge verdict={verdict} /> },
  { key: 'reason', title: t('user.why'), render: ({ reason }) => tOr(`reasons.${reason}`, reason) },
  { key: 'count', title: t('user.count'), align: 'end', render: ({ count }) => count },
  {
    key: 'extensions',
    title: t('users.title'),
    render: ({ extensions, count }) => (
      <span class="actions">
        {extensions.map((extension) => (
          <a key={extension} href={userHref(extension)}>
            {extension}
          </a>
        ))}
        {count > extensions.length ? (
          <span class="quiet">{t('ui.andMore', { count: count - extensions.length })}</span>
        ) : null}
      </span>
    ),
  },
];

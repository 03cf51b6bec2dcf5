// Who is locked after wrong PINs; shown only where somebody is.
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import type { z } from 'zod';
import { Button } from '../../components/button.tsx';
import { Person } from '../../components/person.tsx';
import { Section } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { formatMoment, formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import type { lockForm } from '../../../http/api/routes/pins.ts';

export function Locked({ mayChange }: { readonly mayChange: boolean }) {
  const pages = usePages<z.infer<typeof lockForm>>('/pin-locks');
  if (pages.rows === null || pages.rows.length === 0) return null;
  const unlock = async (who: string) => {
    await attempt(() => api.post('/pin-locks/release', { callers: [who] }));
    pages.reload();
  };
  return (
    <Section title={t('pins.locked')} lead={t('pins.lockedLead')} flush>
      <Table
        label={t('pins.locked')}
        rows={pages.rows}
        rowKey={({ who }) => who}
        tone={() => 'warn'}
        paging={pages.paging}
        columns={[
          { key: 'who', title: t('pins.who'), render: ({ who }) => <Person extension={who} /> },
          {
            key: 'failures',
            title: t('pins.failures'),
            align: 'end',
            render: ({ failures }) => formatNumber(failures),
          },
          { key: 'until', title: t('pins.until'), render: ({ untilMs }) => formatMoment(untilMs) },
          {
            key: 'act',
            title: t('pins.actions'),
            bare: true,
            align: 'end',
            render: ({ who }) =>
              mayChange ? (
                <Button label={t('pins.unlockNamed', { who })} onClick={() => void unlock(who)}>
                  {t('pins.unlock')}
                </Button>
              ) : null,
          },
        ]}
      />
    </Section>
  );
}

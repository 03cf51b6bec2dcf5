// Where an account is signed in, and the end of that: one's own one by one, those of others all at once.
import type { z } from 'zod';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { formatFromNow, formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import type { sessionsForm } from '../../../http/api/routes/access-forms.ts';
import { browserName } from './browser-name.ts';

type Listed = z.infer<typeof sessionsForm>;
type Session = Listed['sessions'][number];

/** `of`: `/session` for one's own, `/accounts/maria` for those of somebody else. */
export function Sessions({ of }: { readonly of: string }) {
  const own = of === '/session';
  const path = `${of}/sessions`;
  const sessions = useResource<Listed>(path);
  const end = async (address: string) => {
    await attempt(() => api.delete(address));
    sessions.reload();
  };
  const all = (
    <Button icon="leave" onClick={() => void end(path)}>
      {t('accounts.signOutEverywhere')}
    </Button>
  );
  const some = (sessions.data?.sessions.length ?? 0) > 0;
  return (
    <Section
      title={t('account.sessions')}
      {...(own ? { lead: t('account.sessionsLead') } : {})}
      actions={!own && some ? all : undefined}
      flush
    >
      <Loaded of={sessions}>
        {({ sessions: rows }) => (
          <Table
            label={t('account.sessions')}
            rows={rows}
            rowKey={({ id }) => id}
            columns={own ? [...columns(), endColumn((id) => void end(`${path}/${id}`))] : columns()}
            empty={<Empty title={t('account.noSessions')} />}
          />
        )}
      </Loaded>
    </Section>
  );
}

const columns = (): readonly Column<Session>[] => [
  {
    key: 'browser',
    title: t('account.browser'),
    render: ({ userAgent, board, isThis }) => (
      <span title={userAgent}>
        {browserName(userAgent)} {board ? <Badge tone="info">{t('account.board')}</Badge> : null}{' '}
        {isThis ? <Badge tone="good">{t('account.thisBrowser')}</Badge> : null}
      </span>
    ),
  },
  {
    key: 'address',
    title: t('account.address'),
    render: ({ address }) => <span class="number">{address || '–'}</span>,
  },
  { key: 'since', title: t('account.since'), render: ({ createdMs }) => formatMoment(createdMs) },
  { key: 'seen', title: t('account.lastSeen'), render: ({ seenMs }) => formatFromNow(seenMs, Date.now()) },
];

const endColumn = (end: (id: string) => void): Column<Session> => ({
  key: 'actions',
  title: t('account.actions'),
  bare: true,
  align: 'end',
  render: ({ id, isThis, userAgent }) =>
    isThis ? null : (
      <Button
        kind="quiet"
        icon="leave"
        label={t('account.endNamed', { what: browserName(userAgent) })}
        onClick={() => end(id)}
      >
        {t('account.end')}
      </Button>
    ),
});

// Webhooks, mail and messages to phones: how they work, and a try at each.
import { useState } from 'preact/hooks';
import type { DaemonStatus } from '../../../http/ports.ts';
import type { NoticeResult, NoticeWay } from '../../../http/telling-ports.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { Note } from '../../components/note.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table } from '../../components/table.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';

type TellingStatus = NonNullable<DaemonStatus['telling']>;

type Way = TellingStatus['messages'] & {
  readonly key: string;
  readonly way: NoticeWay;
  readonly name: string;
};

export function Telling({ telling }: { readonly telling: TellingStatus | null }) {
  const [tried, setTried] = useState<NoticeWay | null>(null);
  if (telling === null) return null;
  const ways: readonly Way[] = [
    ...telling.webhooks.map((hook) => ({
      ...hook,
      key: `webhook ${hook.to}`,
      way: 'webhook' as const,
      name: t('system.webhook', { to: hook.to }),
    })),
    ...(telling.mail === null
      ? []
      : [{ ...telling.mail, key: 'mail', way: 'mail' as const, name: t('system.mail') }]),
    { ...telling.messages, key: 'message', way: 'message' as const, name: t('system.messages') },
  ];
  return (
    <Section title={t('system.telling')} lead={t('system.tellingLead')} flush>
      <Table
        label={t('system.telling')}
        rows={ways}
        rowKey={({ key }) => key}
        columns={[
          { key: 'name', title: t('system.way'), render: ({ name }) => name },
          {
            key: 'state',
            title: t('system.state'),
            render: ({ working, lastProblem }) => (
              <>
                <Badge tone={working ? 'good' : 'bad'}>
                  {working ? t('system.works') : t('system.fails')}
                </Badge>{' '}
                <span class="quiet">{working ? '' : said(lastProblem)}</span>
              </>
            ),
          },
          { key: 'sent', title: t('system.sent'), align: 'end', render: ({ sent }) => formatNumber(sent) },
          {
            key: 'queued',
            title: t('system.queued'),
            align: 'end',
            render: ({ queued }) => formatNumber(queued),
          },
          {
            key: 'failed',
            title: t('system.failed'),
            align: 'end',
            render: ({ failed, dropped }) => formatNumber(failed + dropped),
          },
          ...(may('system.write')
            ? [
                {
                  key: 'try',
                  title: t('calls.actions'),
                  bare: true,
                  render: ({ way, name }: Way) => (
                    <Button label={t('system.testOf', { name })} onClick={() => setTried(way)}>
                      {t('system.test')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {tried === null ? null : <TestDialog way={tried} onClose={() => setTried(null)} />}
    </Section>
  );
}

function TestDialog({ way, onClose }: { readonly way: NoticeWay; readonly onClose: () => void }) {
  const [to, setTo] = useState('');
  const [results, setResults] = useState<readonly NoticeResult[] | null>(null);
  const send = useAction(async () => {
    const answer = await api.post<{ readonly results: readonly NoticeResult[] }>('/notices/test', {
      way,
      to,
    });
    setResults(answer.results);
  });
  return (
    <Dialog
      title={t('system.testTitle')}
      onClose={onClose}
      footer={
        <Button kind="primary" busy={send.busy} onClick={() => void send.run()}>
          {t('system.sendTest')}
        </Button>
      }
    >
      <p>{t('system.testText')}</p>
      {way === 'webhook' ? null : (
        <TextField
          label={way === 'mail' ? t('system.mailTo') : t('system.messageTo')}
          value={to}
          onChange={setTo}
          type={way === 'mail' ? 'email' : 'text'}
        />
      )}
      {send.problem === null ? null : <ProblemNote problem={send.problem} />}
      {results?.length === 0 ? <Note tone="warn">{t('system.noWay')}</Note> : null}
      {results?.map(({ to: receiver, sent, problem }) => (
        <Note key={receiver} tone={sent ? 'good' : 'bad'} title={receiver}>
          {sent ? t('system.taken') : said(problem)}
        </Note>
      ))}
    </Dialog>
  );
}

// The page “System”: whether all is well and what to do where it is not, links, notices, webhooks, backup, policy history.
import type { DaemonStatus } from '../../../http/ports.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge, type BadgeTone } from '../../components/badge.tsx';
import { Facts } from '../../components/figures.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Note } from '../../components/note.tsx';
import { Page, Section } from '../../components/page.tsx';
import { formatMoment } from '../../i18n/format.ts';
import { dataName } from '../../i18n/named.ts';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { Backup } from './backup.tsx';
import { History } from './history.tsx';
import { Notices } from './notices.tsx';
import './system.css';
import { Telling } from './telling.tsx';

const READ_AGAIN_MS = 5_000;

export default function System() {
  const status = useResource<DaemonStatus>('/status', undefined, READ_AGAIN_MS);
  return (
    <Page title={t('system.title')} lead={t('system.lead')}>
      <Loaded of={status}>
        {(data) => (
          <>
            <Health status={data} />
            <div class="figure-columns">
              <Links status={data} />
              <Work status={data} />
            </div>
            <Telling telling={data.telling} />
          </>
        )}
      </Loaded>
      {may('calls.read') ? <Notices /> : null}
      {may('backup') ? <Backup /> : null}
      {may('policy.read') ? <History /> : null}
    </Page>
  );
}

function Health({ status }: { readonly status: DaemonStatus }) {
  const { health, problems } = status;
  return (
    <Note
      tone={health === 'green' ? 'good' : 'bad'}
      title={health === 'green' ? t('system.well') : t('system.notWell')}
    >
      {problems.length === 0 ? (
        <p>{t('system.wellText')}</p>
      ) : (
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{said(problem)}</li>
          ))}
        </ul>
      )}
    </Note>
  );
}

const tones: Readonly<Record<string, BadgeTone>> = {
  up: 'good',
  listening: 'good',
  heard: 'good',
  down: 'bad',
  silent: 'bad',
};

function State({ state }: { readonly state: 'up' | 'down' | 'off' | 'listening' | 'heard' | 'silent' }) {
  return <Badge tone={tones[state] ?? 'plain'}>{t(`system.state-${state}`)}</Badge>;
}

function Links({ status }: { readonly status: DaemonStatus }) {
  const { ari, ami, agi, web, peers } = status;
  const link = ({ state, asteriskVersion, sinceMs, lastProblem }: DaemonStatus['ari']) => (
    <>
      <State state={state} />{' '}
      <span class="quiet">
        {[
          asteriskVersion === '' ? '' : `Asterisk ${asteriskVersion}`,
          sinceMs === null || state !== 'up' ? '' : t('system.since', { time: formatMoment(sinceMs) }),
          state === 'down' ? said(lastProblem) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  );
  return (
    <Section title={t('system.links')}>
      <Facts
        facts={[
          [t('system.ari'), link(ari)],
          [t('system.ami'), link(ami)],
          [
            t('system.agi'),
            <>
              <State state={agi.state} />{' '}
              <span class="quiet">{agi.state === 'listening' ? agi.address : said(agi.lastProblem)}</span>
            </>,
          ],
          [
            t('system.web'),
            <>
              <State state={web.state} />{' '}
              <span class="quiet">
                {web.url} · {t('system.watching', { count: web.listeners })}
              </span>
            </>,
          ],
          ...peers.map(
            ({ application, state }) =>
              [t('system.peer', { name: application }), <State state={state} />] as const,
          ),
        ]}
      />
    </Section>
  );
}

function Work({ status }: { readonly status: DaemonStatus }) {
  const { version, pbx, startedAtMs, timeZone, policy, decisions, pickups, records, guard, quarantined } =
    status;
  const protection =
    policy.protection === null ? t('system.unknown') : policy.protection ? t('ui.on') : t('ui.off');
  return (
    <Section title={t('system.work')}>
      <Facts
        facts={[
          [t('system.pbx'), pbx],
          [t('system.version'), version],
          [t('system.running'), formatMoment(startedAtMs)],
          [t('system.timeZone'), timeZone],
          [t('system.policy'), policy.version ?? t('system.unknown')],
          [t('system.protection'), protection],
          [
            t('system.decisions'),
            t('system.decisionsText', { continued: decisions.continued, denied: decisions.denied }),
          ],
          [t('system.pickups'), t('system.pickupsText', { taken: pickups.taken, refused: pickups.refused })],
          [
            t('system.records'),
            t('system.recordsText', { written: records.written, queued: records.queued, lost: records.lost }),
          ],
          [
            t('system.guard'),
            `${t(`system.guard-${guard.mode ?? 'unknown'}`)} · ${t('system.guardText', { count: guard.unscreened })}`,
          ],
          [t('system.quarantined'), quarantined.length === 0 ? t('system.nobody') : quarantined.join(', ')],
          [t('system.numbering'), numbering(status)],
        ]}
      />
      {status.numberingNotice === '' ? null : <Note tone="warn">{said(status.numberingNotice)}</Note>}
    </Section>
  );
}

const numbering = ({ numberingData }: DaemonStatus) =>
  Object.entries(numberingData).map(([source, version]) => (
    <div key={source}>
      {dataName(source)}: <span class="nowrap">{version}</span>
    </div>
  ));

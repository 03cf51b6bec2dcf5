// The page “Live”: what rings now and can be picked up, and what has just happened.
import { useEffect, useState } from 'preact/hooks';
import { Empty } from '../../components/empty.tsx';
import { Note } from '../../components/note.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { t } from '../../i18n/t.tsx';
import { connection } from '../../live/events.ts';
import { useLive } from '../../live/use-live.ts';
import { currentMe, may } from '../../shell/session.ts';
import { emptyBoard, longestFirst, withEvent, type Board } from './board.ts';
import { CallCard } from './call-card.tsx';
import { FirstSteps } from './first-steps.tsx';
import './live.css';
import { NewsList } from './news-list.tsx';
import { WallboardButton, WallboardNote } from './wallboard.tsx';
import { useTakes } from './use-takes.ts';

const TICK_MS = 1000;

export default function Live() {
  const [board, setBoard] = useState<Board>(emptyBoard);
  useLive((event) => setBoard((before) => withEvent(before, event, Date.now())));
  return (
    <Page title={t('live.title')} lead={t('live.lead')} actions={<WallboardButton />}>
      <WallboardNote />
      <Troubles board={board} />
      <FirstSteps connected={board.connected} />
      <Section title={t('live.ringingTitle')} lead={<RingingCount board={board} />}>
        <Ringing board={board} />
      </Section>
      <Section title={t('live.newsTitle')} lead={t('live.newsLead')} flush>
        <NewsList news={board.news} />
      </Section>
    </Page>
  );
}

function Troubles({ board }: { readonly board: Board }) {
  const extension = currentMe()?.extension ?? null;
  const isLost = connection.value === 'lost';
  return (
    <>
      {isLost ? (
        <Note tone="bad" title={t('live.lostTitle')}>
          {t('live.lostText')}
        </Note>
      ) : null}
      {!isLost && board.connected === false ? (
        <Note tone="bad" title={t('live.asteriskTitle')}>
          <p>{t('live.asteriskText')}</p>
          {may('policy.read', 'live.read') ? <a href="/system">{t('live.toSystem')}</a> : null}
        </Note>
      ) : null}
      {may('pickup') && extension === null ? <Note>{t('live.noPhone')}</Note> : null}
    </>
  );
}

/** Without Asterisk, or without the daemon, nobody knows what rings. */
const isSure = ({ connected }: Board) => connected !== false && connection.value !== 'lost';

function RingingCount({ board }: { readonly board: Board }) {
  const count = board.known && isSure(board) ? t('live.ringingCount', { count: board.calls.size }) : '';
  return <span role="status">{count}</span>;
}

function Ringing({ board }: { readonly board: Board }) {
  const nowMs = useNow() + board.aheadMs;
  const takes = useTakes();
  if (!board.known) return <Spinner label={t('ui.loading')} />;
  const calls = longestFirst(board);
  if (calls.length === 0 && takes.told === null && !isSure(board)) {
    return <Empty title={t('live.ringingUnknown')} />;
  }
  if (calls.length === 0 && takes.told === null) {
    return <Empty title={t('live.nothingRings')} text={t('live.nothingRingsText')} />;
  }
  return (
    <>
      {takes.told === null ? null : <Note tone={takes.told.tone}>{takes.told.text}</Note>}
      <ul class="ringing-calls" data-stale={connection.value === 'open' ? undefined : 'true'}>
        {calls.map((call) => (
          <CallCard
            key={call.callId}
            call={call}
            nowMs={nowMs}
            alerted={board.alerted.has(call.callId)}
            takes={takes}
          />
        ))}
      </ul>
    </>
  );
}

function useNow(): number {
  const [nowMs, setNowMs] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

// One ringing call: who calls, on whose phones it rings, how long it has been ringing, and the button that takes it.
import type { LiveCall } from '../../../http/live-ports.ts';
import { withName } from '../../api/people.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { formatClock, formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { currentMe, may } from '../../shell/session.ts';
import { placeOf } from './board.ts';
import { callerOf } from './names.ts';
import type { Takes } from './use-takes.ts';

/** A call that rings for so long is shown in another colour. */
const LONG_MS = 15_000;
const VERY_LONG_MS = 30_000;

interface CallCardProps {
  readonly call: LiveCall;
  /** By the clock of the daemon. */
  readonly nowMs: number;
  readonly alerted: boolean;
  readonly takes: Takes;
}

export function CallCard({ call, nowMs, alerted, takes }: CallCardProps) {
  const rangMs = Math.max(0, nowMs - call.ringingSinceMs);
  const tone = alerted || rangMs >= VERY_LONG_MS ? 'bad' : rangMs >= LONG_MS ? 'warn' : 'good';
  const caller = callerOf(call);
  const extensions = call.legs.map(({ extension }) => extension);
  const others = call.dialled.filter((number) => !extensions.includes(number));
  return (
    <li class="ringing-call" data-tone={tone} aria-label={t('live.callOf', { caller })}>
      <span class="ring-time number" role="timer" aria-label={t('live.ringTime')}>
        {formatClock(rangMs)}
      </span>
      <div class="ringing-words">
        <strong>{caller}</strong>
        <span class="quiet">
          {t('live.ringsOn', { extensions: formatList([...new Set(extensions)].map(withName)) })}
          {others.length === 0 ? '' : ` · ${t('live.dialled', { number: others.map(withName).join(' → ') })}`}
        </span>
        {alerted ? <Badge tone="bad">{t('live.tooLong')}</Badge> : null}
      </div>
      <Take call={call} caller={caller} takes={takes} />
    </li>
  );
}

function Take({ call, caller, takes }: Pick<CallCardProps, 'call' | 'takes'> & { readonly caller: string }) {
  const extension = currentMe()?.extension ?? null;
  // The page says why above the calls, or that it is a board.
  if ((extension === null && may('pickup')) || currentMe()?.via === 'board') return null;
  const place = placeOf(call, extension);
  if (place === 'mine') return <Badge tone="info">{t('live.yourPhone')}</Badge>;
  if (place === 'others' || !may('pickup')) return <span class="quiet">{t('live.notYours')}</span>;
  return (
    <Button
      kind="primary"
      icon="pickup"
      busy={takes.taking === call.callId}
      disabled={takes.taking !== null}
      label={t('live.pickUpCall', { caller })}
      onClick={() => takes.take(call)}
    >
      {t('live.pickUp')}
    </Button>
  );
}

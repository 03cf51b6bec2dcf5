// The state of the links in words and colour, to Asterisk and of this page to the daemon; it leads to the page “System”.
import { useState } from 'preact/hooks';
import type { LiveStatus } from '../../http/live-ports.ts';
import { said } from '../i18n/said.ts';
import { t } from '../i18n/t.tsx';
import { connection } from '../live/events.ts';
import { useLive } from '../live/use-live.ts';
import { currentMe, may } from './session.ts';

export function LinkState() {
  const [status, setStatus] = useState<LiveStatus | null>(null);
  useLive((event) => {
    if (event.type === 'board') setStatus(event.data.status);
    if (event.type === 'status') setStatus(event.data);
  });
  const [tone, text] = toldAs(status);
  return (
    <span
      class="link-state"
      data-tone={tone}
      role="status"
      title={status?.problems.map(said).join('\n') ?? ''}
    >
      <span class="dot" aria-hidden="true" />
      {may('policy.read', 'live.read') && currentMe()?.via !== 'board' ? (
        <a class="link-text" href="/system">
          {text}
        </a>
      ) : (
        <span class="link-text">{text}</span>
      )}
    </span>
  );
}

function toldAs(status: LiveStatus | null): readonly ['good' | 'warn' | 'bad' | 'idle', string] {
  if (connection.value === 'lost') return ['bad', t('shell.liveLost')];
  if (connection.value !== 'open' || status === null) return ['idle', t('shell.liveConnecting')];
  if (status.ari === 'down') return ['bad', t('shell.linkDown')];
  if (status.health === 'red') return ['warn', t('shell.linkProblem')];
  return ['good', t('shell.linkUp')];
}

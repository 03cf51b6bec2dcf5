// What a new house still needs, for who can do it: each step says whether it is done and leads to where it is done.
import { useEffect, useState } from 'preact/hooks';
import type { DaemonStatus } from '../../../http/ports.ts';
import type { Barring } from '../../../http/api/routes/barring.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { t } from '../../i18n/t.tsx';
import { readChoice, storeChoice } from '../../shell/choices.ts';
import { currentMe, may } from '../../shell/session.ts';

const CHOICE = 'first-steps';

interface Step {
  readonly key: 'asterisk' | 'users' | 'countries' | 'calls';
  readonly href: string;
  readonly done: boolean;
}

interface FirstStepsProps {
  /** Whether Asterisk is connected, as told just now; null until that is told. */
  readonly connected: boolean | null;
}

/** Until all of them are done, or somebody has seen enough of them. */
export function FirstSteps({ connected }: FirstStepsProps) {
  const [hidden, setHidden] = useState(() => readChoice(CHOICE) === 'hidden');
  const mayAct = may('system.write', 'users.write', 'live.read', 'calls.read');
  const hide = () => {
    storeChoice(CHOICE, 'hidden');
    setHidden(true);
  };
  return hidden || !mayAct || currentMe()?.via === 'board' ? null : (
    <Steps connected={connected} onHide={hide} />
  );
}

function Steps({ connected, onHide }: FirstStepsProps & { readonly onHide: () => void }) {
  const steps = useSteps(connected);
  const isReady = steps !== null && steps.every(({ done }) => done);
  useEffect(() => {
    if (isReady) onHide();
  }, [isReady]);
  if (steps === null || isReady) return null;
  return (
    <Section
      title={t('live.stepsTitle')}
      lead={t('live.stepsLead')}
      actions={
        <Button kind="quiet" onClick={onHide}>
          {t('live.stepsHide')}
        </Button>
      }
    >
      <ol class="first-steps">
        {steps.map(({ key, href, done }) => (
          <li key={key}>
            <div class="first-step">
              <a href={href}>{t(`live.step-${key}`)}</a>
              <span class="quiet">{t(`live.step-${key}-text`)}</span>
            </div>
            <Badge tone={done ? 'good' : 'warn'}>{t(done ? 'live.stepDone' : 'live.stepOpen')}</Badge>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Null until all is known, and where something cannot be read: the page itself says so. */
function useSteps(connected: boolean | null): readonly Step[] | null {
  const status = useResource<DaemonStatus>('/status').data;
  const users = useResource<{ readonly total: number }>('/extensions', { limit: 1 }).data;
  const settings = useResource<{ readonly settings: Barring['settings'] }>('/settings').data;
  const calls = useResource<{ readonly rows: readonly unknown[] }>('/calls', {
    kind: 'decision',
    limit: 1,
  }).data;
  const isClosed = settings?.settings.find(({ key }) => key === 'level')?.value === 'closed';
  const isConnected = connected ?? status?.ari.state === 'up';
  const others = isConnected && (users?.total ?? 0) > 0 && (calls?.rows.length ?? 0) > 0;
  // Countries by name are many bytes: they are asked for where nothing else is left to be done.
  const barring = useResource<Barring>(isClosed && others ? '/barring' : null).data;
  if (status === null || users === null || settings === null || calls === null) return null;
  if (isClosed && others && barring === null) return null;
  return [
    { key: 'asterisk', href: '/system', done: isConnected },
    { key: 'users', href: '/users', done: users.total > 0 },
    { key: 'countries', href: '/barring', done: !isClosed || (barring?.countries.length ?? 0) > 0 },
    { key: 'calls', href: '/try', done: calls.rows.length > 0 },
  ];
}

// The page “Live” on a wall: a session that stays without a hand on it, and can do nothing but show.
import { useEffect } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { toast } from '../../components/toast.tsx';
import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { currentMe, enter, type Me } from '../../shell/session.ts';

/** Turns the session into that of a board; nothing where it is one already. */
export function WallboardButton() {
  if (currentMe()?.via !== 'session') return null;
  const stay = async () => {
    const question = {
      title: t('live.wallboard'),
      text: t('live.wallboardText'),
      action: t('live.wallboard'),
    };
    if (!(await confirm(question))) return;
    try {
      enter(await api.post<Me>('/session/board'));
    } catch (error) {
      toast(asProblem(error).message, 'bad');
    }
  };
  return (
    <Button icon="screen" onClick={() => void stay()}>
      {t('live.wallboard')}
    </Button>
  );
}

/** Until when it stays; keeps the screen on, where the browser lets it. */
export function WallboardNote() {
  const me = currentMe();
  const isBoard = me?.via === 'board';
  useEffect(() => (isBoard ? keepScreenOn() : undefined), [isBoard]);
  if (!isBoard || me.endsMs === null) return null;
  return <p class="quiet">{t('live.wallboardUntil', { day: formatDate(me.endsMs) })}</p>;
}

/** The lock is lost with every look at another tab, and asked for anew. */
function keepScreenOn(): () => void {
  let isEnded = false;
  let held: WakeLockSentinel | null = null;
  const ask = async () => {
    if (document.hidden || !('wakeLock' in navigator)) return;
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (isEnded) await lock.release();
      else held = lock;
    } catch {
      // A tablet that saves its battery refuses: then its own settings decide.
    }
  };
  const again = () => void ask();
  again();
  document.addEventListener('visibilitychange', again);
  return () => {
    isEnded = true;
    document.removeEventListener('visibilitychange', again);
    void held?.release();
  };
}

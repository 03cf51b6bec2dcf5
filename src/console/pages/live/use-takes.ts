// Taking a ringing call for one's own phone, and what came of it in words.
import { useState } from 'preact/hooks';
import type { LiveCall } from '../../../http/live-ports.ts';
import type { z } from 'zod';
import type { takenForm } from '../../../http/api/routes/live-forms.ts';
import { api } from '../../api/client.ts';
import { withName } from '../../api/people.ts';
import { asProblem } from '../../api/problem.ts';
import { t } from '../../i18n/t.tsx';
import { currentMe } from '../../shell/session.ts';
import { callerOf } from './names.ts';

type TakeOutcome = z.infer<typeof takenForm>;

interface Told {
  readonly tone: 'good' | 'warn' | 'bad' | 'info';
  readonly text: string;
}

export interface Takes {
  /** The call that is being taken; null for none. */
  readonly taking: string | null;
  /** What came of the last one, or that one's own phone rings for it. */
  readonly told: Told | null;
  readonly take: (call: LiveCall) => void;
}

/** One at a time: there is one phone. */
export function useTakes(): Takes {
  const [taking, setTaking] = useState<string | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const extension = currentMe()?.extension ?? '';
  const run = async (call: LiveCall) => {
    setTaking(call.callId);
    setTold({ tone: 'info', text: t('live.phoneRings', { extension, caller: callerOf(call) }) });
    try {
      const path = `/ringing/${encodeURIComponent(call.callId)}/pickup`;
      setTold(toldOf(await api.post<TakeOutcome>(path), extension));
    } catch (error) {
      setTold({ tone: 'bad', text: asProblem(error).message });
    } finally {
      setTaking(null);
    }
  };
  return { taking, told, take: (call) => void (taking === null && run(call)) };
}

function toldOf(outcome: TakeOutcome, extension: string): Told {
  switch (outcome.outcome) {
    case 'taken': {
      const caller = callerOf({ ...outcome, callerExtension: null });
      return { tone: 'good', text: t('live.taken', { caller, from: withName(outcome.from) }) };
    }
    case 'unknown':
      return { tone: 'warn', text: t('live.unknownOutcome') };
    case 'refused':
      return { tone: 'warn', text: refusal(outcome, extension) };
  }
}

function refusal({ reason, by }: Extract<TakeOutcome, { outcome: 'refused' }>, extension: string): string {
  switch (reason) {
    case 'no-right':
      return t('live.noRight', { extension });
    case 'nothing-ringing':
      return t('live.nothingRinging');
    case 'already-taken':
      return by === null ? t('live.alreadyTaken') : t('live.alreadyTakenBy', { by: withName(by) });
    case 'own-call':
      return t('live.ownCall');
    case 'not-answered':
      return t('live.notAnswered', { extension });
    case 'unreachable':
      return t('live.unreachable', { extension });
    case 'busy':
      return t('live.busy');
  }
}

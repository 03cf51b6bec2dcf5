// A look back at each pickup: a leg that rings on behind it, or a picker who is stuck, is ended or told of. Never an answered call.
import type { AriLink } from './ari/link.ts';
import { CAUSES } from './causes.ts';
import { CONTEXTS } from './dialplan/variables.ts';
import { isInPlaceOfLeg, legTried, type Attempt } from './pickup-attempts.ts';
import type { PickupOutcome } from './pickup-record.ts';

/** By then Asterisk has cancelled the leg that was taken. */
const LEG_AFTER_MS = 2_000;
/** By then a picker who has neither won nor come back, and is followed no more, has been refused by the deadline of the routine. */
const PICKER_AFTER_MS = 5_000;
/** Looks that are still to come; beyond it none is added. */
const LOOKS_MAX = 1_000;

export interface CleanupPorts {
  readonly link: () => AriLink | null;
  /** What was found stuck, as a sentence. */
  readonly onProblem: (message: string) => void;
}

export interface PickupCleanup {
  /** An attempt has ended. */
  onEnded(attempt: Attempt, outcome: PickupOutcome): void;
  readonly size: number;
}

/** Its timers keep no process alive. */
export function createPickupCleanup(ports: CleanupPorts): PickupCleanup {
  const looks = new Set<NodeJS.Timeout>();
  const later = (afterMs: number, look: (link: AriLink) => Promise<void>): void => {
    if (looks.size >= LOOKS_MAX) return;
    const timer = setTimeout(() => {
      looks.delete(timer);
      const link = ports.link();
      if (link) void look(link).catch(() => undefined);
    }, afterMs);
    timer.unref();
    looks.add(timer);
  };
  return {
    onEnded(attempt, outcome) {
      const leg = legTried(attempt).channelId;
      if (outcome === 'won') later(LEG_AFTER_MS, (link) => endLeg(ports, link, attempt, leg));
      if (outcome === 'unknown') later(PICKER_AFTER_MS, (link) => lookAtPicker(ports, link, attempt));
    },
    get size() {
      return looks.size;
    },
  };
}

/**
 * The picker talks in the place of the leg (`AppDial`, `AppQueue`), and the leg itself still rings: both are looked at now,
 * whatever was heard before, as AMI's word can be forged.
 */
async function endLeg(ports: CleanupPorts, link: AriLink, attempt: Attempt, legId: string): Promise<void> {
  const [picker, leg] = await Promise.all([link.getChannel(attempt.pickerChannelId), link.getChannel(legId)]);
  if (picker?.state !== 'Up' || !isInPlaceOfLeg(picker)) return;
  if (leg?.id !== legId || leg.state !== 'Ringing') return;
  ports.onProblem(`${leg.name} rings on although ${picker.name} has its call; it is hung up`);
  await link.hangup(legId, CAUSES.answeredElsewhere);
}

/**
 * A picker whose channel does nothing any more in our own routine is hung up. One that hangs in PickupChan() is only told
 * of: where Asterisk is deadlocked over a channel (asterisk#891, #2036), a hangup would wait for its lock as well, and all
 * other commands behind it.
 */
async function lookAtPicker(ports: CleanupPorts, link: AriLink, attempt: Attempt): Promise<void> {
  const picker = await link.getChannel(attempt.pickerChannelId);
  if (picker?.dialplan.context !== CONTEXTS.pickup) return;
  const { appName } = picker.dialplan;
  if (appName === 'PickupChan') {
    ports.onProblem(
      `${picker.name} hangs in PickupChan(): look at \`core show locks\`, and restart Asterisk`,
    );
  } else if (appName === '') {
    ports.onProblem(`${picker.name} is stuck behind a pickup; it is hung up`);
    await link.hangup(picker.id, CAUSES.unavailable);
  }
}

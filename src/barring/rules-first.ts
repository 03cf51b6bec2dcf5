// The steps before anything is granted: emergency, unreadable, the block-list, protection, outside callers, quarantine.
import { admittedCaller, isOutsideCaller } from './caller.ts';
import { isValid } from './entry.ts';
import { hitsIn, type Judging } from './judging.ts';
import { countingPins, demandOf } from './pins.ts';
import { deny, proceed, type Opinion, type Step } from './rule.ts';
import type { PolicySnapshot } from './snapshot.ts';

/** Strings that are no digits, or may be cut: refused even where protection is off, as they may not be what is dialled (I5). */
const unsafeCauses: ReadonlySet<string> = new Set(['empty', 'bad-character', 'overlong']);

/** I1: before every rule, for every caller. */
export const emergency: Step = {
  name: 'rule-emergency',
  judge: ({ destination }) =>
    destination.kind === 'emergency'
      ? proceed('emergency', {
          id: 'system:emergency',
          origin: 'system',
          text: 'Emergency numbers always pass.',
        })
      : null,
};

/** I4: what cannot be read is read as an unknown foreign destination, which nobody can be allowed to call. */
export const unreadable: Step = {
  name: 'rule-unreadable',
  judge: ({ snapshot, destination }) => {
    if (destination.kind !== 'unreadable') return null;
    const { cause } = destination;
    if (!snapshot.settings.protection && !unsafeCauses.has(cause)) return { kind: 'pass', result: cause };
    return deny(
      'unreadable',
      { id: `system:unreadable:${cause}`, origin: 'system', text: `The number is unreadable: ${cause}.` },
      'always',
    );
  },
};

/** Beats every permission, whoever calls, protected or not; a block counts also where it is marked to observe. */
export const blockList: Step = {
  name: 'rule-block-list',
  judge: (judging) => {
    const hit = hitsIn(judging, judging.snapshot.blocked)
      .filter(({ entry }) => isValid(entry, judging.call.atMs))
      .sort((left, right) => right.pattern.length - left.pattern.length || left.entry.id - right.entry.id)[0];
    if (hit === undefined) return null;
    const { entry, pattern } = hit;
    const what = entry.exact ? pattern : `Numbers that begin with ${pattern}`;
    const why = entry.reason === '' ? '' : ` (${entry.reason})`;
    const text = `${what} ${entry.exact ? 'is' : 'are'} on the block-list${why}.`;
    return deny('blocked-number', { id: `block:${entry.id}`, origin: 'organisation', text }, 'always');
  },
};

export const protectionOff: Step = {
  name: 'rule-protection',
  judge: ({ snapshot }) =>
    snapshot.settings.protection
      ? null
      : proceed('protection-off', {
          id: 'setting:protection',
          origin: 'organisation',
          text: 'Protection is switched off.',
        }),
};

/**
 * Somebody who calls in to call out again is nobody of ours: a list admits him by his number and a PIN, and nothing else
 * does, not even while the policy only observes.
 */
export const outsideCaller: Step = {
  name: 'rule-outside-caller',
  judge: (judging) => {
    const { caller, call, snapshot, usage } = judging;
    const offered = call.outsideCaller ?? '';
    if (!isOutsideCaller(caller, call)) return null;
    const admissions = callerNumbers(snapshot, offered)
      .flatMap((number) => snapshot.admissions.get(number) ?? [])
      .filter(({ person }) => isValid(person, call.atMs));
    const pins = admissions.flatMap(({ person }) => snapshot.pinsOfEntries.get(person.id) ?? []);
    const [first] = admissions;
    const demand = demandOf(first?.person.number ?? '', pins, call.atMs);
    if (first === undefined || demand.pins.length === 0) return refuseOutsider(offered);
    const rule = {
      id: `list:${first.list.name}:${first.person.id}`,
      origin: 'list' as const,
      text: `The list ${first.list.name} admits ${first.person.name || offered} from outside, with a PIN.`,
    };
    const pin = countingPins(pins, call.atMs).find(({ id }) => id === call.pin?.id);
    const admission = admissions.find(({ person }) => person.id === pin?.entryId);
    if (pin !== undefined && admission !== undefined) {
      judging.caller = admittedCaller(snapshot, admission, pin);
      return { kind: 'pass', result: `admitted by list:${admission.list.name}:${admission.person.id}` };
    }
    if (call.pin !== undefined) return deny('pin-unavailable', rule, 'always');
    const lockedUntilMs = usage.pinLockedUntilMs(demand.who);
    if (lockedUntilMs !== null && call.atMs < lockedUntilMs) return deny('pin-locked', rule, 'always');
    return { kind: 'challenge', rule, demand };
  },
};

function refuseOutsider(offered: string): Opinion {
  const text = `No list admits ${offered} from outside.`;
  return deny('unknown-payer', { id: 'system:unknown-payer', origin: 'system', text }, 'always');
}

/** Digits alone, as carriers give them. */
const callerNumber = /^\+?\d{5,20}$/;

/** A carrier may give the number of a caller in E.164 with or without plus, or as it is dialled from here. */
function callerNumbers(snapshot: PolicySnapshot, offered: string): readonly string[] {
  if (!callerNumber.test(offered)) return [];
  const destination = snapshot.read(offered);
  const dialled = 'e164' in destination ? destination.e164 : null;
  const plain = /^\+?(\d{5,15})$/.exec(offered)?.[1];
  return [...new Set([plain === undefined ? null : `+${plain}`, dialled].filter((each) => each !== null))];
}

/** Chargeable calls of an extension in quarantine; emergency, internal and national ones go on. */
export const quarantine: Step = {
  name: 'rule-quarantine',
  judge: ({ caller, call, usage, chargeable }: Judging) => {
    if (!chargeable || caller.payer === null) return null;
    const found = usage.quarantine(caller.payer);
    if (found === null || (found.untilMs !== null && call.atMs >= found.untilMs)) return null;
    const text = `Extension ${caller.payer} is in quarantine: ${found.reason}.`;
    return deny('quarantined', { id: `quarantine:${caller.payer}`, origin: 'extension', text }, 'enforced');
  },
};

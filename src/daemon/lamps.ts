// Keeps the lamps of pickup groups as the board has it: Asterisk is told of each change, and of all after a connect.
import type { AriLink, DeviceState } from '../asterisk/ari/link.ts';
import { LAMPS } from '../asterisk/dialplan/hints.ts';
import type { Logger } from '../config/logger.ts';
import { messageOf } from '../errors.ts';
import type { RingingCall } from '../pickup/call.ts';
import { litLamps } from '../pickup/lamps.ts';
import type { PickupRights } from '../pickup/rights.ts';

export interface LampPorts {
  readonly logger: Logger;
  readonly rights: () => PickupRights | null;
  readonly ringing: () => readonly RingingCall[];
  readonly link: () => AriLink | null;
}

export interface Lamps {
  /** Cheap: looks at the board within a moment, at most once in it. */
  onBoardChange(): void;
  /** The daemon ends: lamps that blink go dark, as nobody would put them out. */
  stop(): void;
}

/** No lamp has to be quicker, and no storm of calls makes more than so many requests. */
const LOOK_EVERY_MS = 100;
/** A policy may have more groups; those beyond have no lamp. */
const LAMPS_MAX = 1_000;

interface State {
  readonly ports: LampPorts;
  /** The link over which lamps were told; another one is told all of them. */
  link: AriLink | null;
  /** This Asterisk cannot take them. */
  refused: boolean;
  /** What was told over that link, of lamps that there still are. */
  readonly told: Map<string, DeviceState>;
  timer: NodeJS.Timeout | null;
  stopped: boolean;
}

/**
 * A lamp that was lit by a daemon that died stays lit until one connects: after each connect every lamp is told again.
 * Where Asterisk cannot take it (res_ari_device_states is not loaded), one line in the log says so per connection.
 */
export function createLamps(ports: LampPorts): Lamps {
  const state: State = {
    ports,
    link: null,
    refused: false,
    told: new Map(),
    timer: null,
    stopped: false,
  };
  return {
    onBoardChange() {
      if (!state.timer && !state.stopped) state.timer = setTimeout(() => look(state), LOOK_EVERY_MS).unref();
    },
    stop() {
      if (state.timer) clearTimeout(state.timer);
      state.stopped = true;
      for (const [name, shown] of state.told) if (shown === 'RINGING') tell(state, name, 'NOT_INUSE');
    },
  };
}

function look(state: State): void {
  const { ports } = state;
  state.timer = null;
  const link = ports.link();
  if (link !== state.link) {
    state.link = link;
    state.refused = false;
    state.told.clear();
  }
  const rights = ports.rights();
  if (!link || !rights) return;
  const wanted = wantedStates(rights, ports.ringing());
  for (const [name, shown] of wanted) if (state.told.get(name) !== shown) tell(state, name, shown);
  for (const [name, shown] of state.told) {
    if (wanted.has(name)) continue;
    // A group that is gone, or has another number.
    if (shown !== 'NOT_INUSE') tell(state, name, 'NOT_INUSE');
    state.told.delete(name);
  }
}

function tell(state: State, name: string, wanted: DeviceState): void {
  const { link } = state;
  if (!link || state.refused) return;
  state.told.set(name, wanted);
  const refuse = (problem: string) => {
    if (state.link !== link || state.refused) return;
    state.refused = true;
    state.ports.logger.warn('lamps', { problem });
  };
  const told = async () => {
    const done = await link.setDeviceState(name, wanted);
    if (done === 'gone') refuse('Asterisk takes no device states: load res_ari_device_states');
  };
  void told().catch((error: unknown) => refuse(messageOf(error)));
}

/** The lamps of all groups that have a number, and the one for any call. */
function wantedStates(
  rights: PickupRights,
  ringing: readonly RingingCall[],
): ReadonlyMap<string, DeviceState> {
  const lit = litLamps(rights, ringing);
  const states = new Map<string, DeviceState>([[LAMPS.any, lit.any ? 'RINGING' : 'NOT_INUSE']]);
  for (const number of [...rights.groups.byNumber.keys()].slice(0, LAMPS_MAX)) {
    states.set(LAMPS.group + number, lit.groups.has(number) ? 'RINGING' : 'NOT_INUSE');
  }
  return states;
}

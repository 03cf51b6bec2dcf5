// What the daemon is started with, and what it is made of while it runs.
import type { AgiServer } from '../asterisk/agi/server.ts';
import type { AmiSupervisor } from '../asterisk/ami/supervisor.ts';
import type { AriSupervisor } from '../asterisk/ari/supervisor.ts';
import type { Peers } from '../asterisk/peers.ts';
import type { Pickup } from '../asterisk/pickup-session.ts';
import type { ScreeningDesk } from '../asterisk/screening-desk.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/logger.ts';
import type { CallRecorder } from '../store/recorder.ts';
import type { DaemonDialplan } from './dialplan.ts';
import type { DaemonGuard } from './guard.ts';
import type { DaemonHealth } from './health.ts';
import type { DaemonPickup } from './pickup.ts';
import type { DaemonPins } from './pins.ts';
import type { PolicyHolder } from './policy-holder.ts';
import type { Telling } from './telling.ts';
import type { DaemonUsage } from './usage.ts';
import type { DaemonWeb } from './web.ts';

export interface DaemonOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** Of this program. */
  readonly version: string;
  /** Another daemon took the ARI application over: end, and do not come back by yourself. */
  readonly onReplaced: (message: string) => void;
  /** A stop that is asked for while the daemon still waits for its database. */
  readonly signal?: AbortSignal;
  /** Told when the daemon has to wait for its database. */
  readonly onWaiting?: () => void;
}

/** What the running daemon is made of, for `status`. */
export interface DaemonParts {
  readonly options: DaemonOptions;
  readonly startedAtMs: number;
  readonly policy: PolicyHolder;
  readonly pins: DaemonPins;
  readonly recorder: CallRecorder;
  readonly health: DaemonHealth;
  readonly usage: DaemonUsage;
  readonly guard: DaemonGuard;
  readonly dialplan: DaemonDialplan;
  readonly desk: ScreeningDesk;
  readonly pickup: Pickup;
  readonly tally: DaemonPickup['tally'];
  readonly telling: Telling;
  readonly web: DaemonWeb;
  readonly ari: AriSupervisor;
  readonly peers: Peers;
  readonly ami: AmiSupervisor | null;
  readonly agi: AgiServer | null;
  /** '' for nothing to tell. */
  readonly numberingNotice: () => string;
}

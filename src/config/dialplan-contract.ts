// What the daemon and the dialplan must agree on, as the configuration has it.
import type { Config } from './config.ts';

export interface DialplanContract {
  readonly application: string;
  readonly peers: readonly string[];
  readonly door: Config['dialplan']['door'];
  /** Host and port of the FastAGI door. */
  readonly agiAddress: string;
  readonly deadlineMs: number;
}

/** What holds where there is no configuration. */
export const DEFAULT_CONTRACT: DialplanContract = {
  application: 'callwarden',
  peers: [],
  door: 'stasis',
  agiAddress: '127.0.0.1:4574',
  deadlineMs: 2000,
};

export function contractIn({ ari, agi, dialplan, deadlines }: Config): DialplanContract {
  return {
    application: ari.application,
    peers: ari.peers,
    door: dialplan.door,
    agiAddress: `${agi.host.includes(':') ? `[${agi.host}]` : agi.host}:${agi.port}`,
    deadlineMs: deadlines.decisionMs,
  };
}

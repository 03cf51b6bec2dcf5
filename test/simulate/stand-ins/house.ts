// What the stand-ins of one world share: its clock, its Asterisk, its network, and the daemons in it.
import type { Asterisk } from '../asterisk/asterisk.ts';
import type { Clock, Process } from '../world/clock.ts';
import type { Wire } from '../world/network.ts';
import type { Network } from './network.ts';

/** How the thread that writes records behaves. */
export type Disk = 'well' | 'failing' | 'silent';

export interface House {
  readonly clock: Clock;
  readonly asterisk: Asterisk;
  readonly network: Network;
  disk: Disk;
  /** The daemon whose code runs now; null where it is the world's own. */
  processOf(current: Process | null): Process | null;
  /** A daemon has written this to ARI, on this connection. */
  onSaid(text: string, wire: Wire): void;
}

let house: House | null = null;

export function enterHouse(next: House): void {
  house = next;
}

export const houseOrNone = (): House | null => house;

export function theHouse(): House {
  if (!house) throw new Error('There is no world to stand in.');
  return house;
}

/** The daemon that is running now; stand-ins are made by nobody else. */
export function daemonNow(): Process {
  const there = theHouse();
  const process = there.processOf(there.clock.current);
  if (!process) throw new Error('No daemon runs.');
  return process;
}

// Does the planned faults to the running PBX, and heals each.
import Database from 'better-sqlite3';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type { Pbx } from '../../test/pbx.ts';
import type { PlannedFault, SoakPlan } from './plan.ts';

/** From when to when a fault was in force, by the wall clock. */
export interface DoneFault extends PlannedFault {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Resolves when the last fault is healed. */
export async function doFaults(pbx: Pbx, plan: SoakPlan, startMs: number): Promise<DoneFault[]> {
  const done: DoneFault[] = [];
  for (const fault of plan.faults) {
    await sleep(Math.max(0, startMs + fault.atMs - performance.now()));
    const fromMs = Date.now();
    await doFault(pbx, fault);
    done.push({ ...fault, fromMs, untilMs: Date.now() });
  }
  return done;
}

async function doFault(pbx: Pbx, { kind, lastsMs }: PlannedFault): Promise<void> {
  switch (kind) {
    case 'kill':
      await pbx.endDaemon('SIGKILL');
      await sleep(lastsMs);
      return pbx.startDaemon();
    case 'freeze':
      pbx.signalDaemon('SIGSTOP');
      await sleep(lastsMs);
      pbx.signalDaemon('SIGCONT');
      return;
    case 'lock':
      return lockDatabase(join(pbx.directory, 'callwarden.db'), lastsMs);
    case 'policy':
      await pbx.callwarden('country allow CL');
      await sleep(lastsMs);
      await pbx.callwarden('country reset CL');
      return;
    case 'reload':
      await pbx.lab.console('dialplan reload');
      await pbx.lab.console('module reload res_ari.so');
      return sleep(lastsMs);
  }
}

/** Somebody else writes, for as long. */
async function lockDatabase(path: string, lastsMs: number): Promise<void> {
  const database = new Database(path);
  try {
    database.exec('BEGIN IMMEDIATE');
    await sleep(lastsMs);
    database.exec('ROLLBACK');
  } finally {
    database.close();
  }
}

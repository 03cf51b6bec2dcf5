// What the writer's thread does for PINs, each in its transaction: nobody is told right or wrong before it is on disk.
import { pinLockedText } from '../barring/pin-lockout.ts';
import { writeNotice } from './notices.ts';
import type { Store } from './open.ts';
import {
  claimPin,
  notePinFailure,
  readPinPage,
  readPinState,
  type PinCaller,
  type PinClaim,
  type PinFailed,
  type PinPage,
  type PinState,
} from './pin-uses.ts';

/** Where and when a wrong PIN was given, for the notice. */
interface Scene {
  readonly pbx: string;
  readonly atMs: number;
}

/** Each task with its answer. */
export interface PinTasks {
  'read-pin-state': { readonly task: object; readonly answer: PinState };
  'read-pins': {
    readonly task: { readonly caller: PinCaller; readonly pins: readonly string[] };
    readonly answer: PinPage;
  };
  'claim-pin': {
    readonly task: Scene & { readonly caller: PinCaller; readonly pin: string };
    readonly answer: PinClaim;
  };
  'note-pin-failure': {
    readonly task: Scene & { readonly caller: PinCaller };
    readonly answer: PinFailed;
  };
}

export type PinTask = {
  [Type in keyof PinTasks]: { readonly type: Type } & PinTasks[Type]['task'];
}[keyof PinTasks];

/** In a write transaction. */
export function runPinTask(store: Store, task: PinTask): PinTasks[keyof PinTasks]['answer'] {
  switch (task.type) {
    case 'read-pin-state':
      return readPinState(store);
    case 'read-pins':
      return readPinPage(store, task.caller, task.pins);
    case 'claim-pin': {
      const claim = claimPin(store, task.caller, task.pin, task.atMs);
      noticeLock(store, task.caller, claim, task);
      return claim;
    }
    case 'note-pin-failure': {
      const failed = notePinFailure(store, task.caller);
      noticeLock(store, task.caller, failed, task);
      return failed;
    }
  }
}

/** A lock that begins is something that people should hear of. */
function noticeLock(store: Store, { who }: PinCaller, { failures, locksNow }: PinFailed, scene: Scene): void {
  if (!locksNow || failures.lockedUntilMs === null) return;
  const lockMs = failures.lockedUntilMs - failures.lastMs;
  writeNotice(store, {
    atMs: scene.atMs,
    pbx: scene.pbx,
    kind: 'pin-locked',
    extension: who,
    text: pinLockedText(who, failures.failures, lockMs),
    detail: { failures: failures.failures, lockMs },
  });
}

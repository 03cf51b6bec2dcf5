// How a routine of the dialplan puts a question to the daemon, or to one of several, through Stasis.

/** `stasis`: one daemon. `broadcast`: several, the first that claims a call has it. `agi`: for dialplans without Stasis. */
type Door = 'stasis' | 'broadcast' | 'agi';

export interface AskOptions {
  /** Name of the Stasis application. */
  readonly application: string;
  /** By which way the routine asks. */
  readonly door: Door;
  /** Names of the applications of other daemons on the same database, for the door `broadcast`. */
  readonly peers: readonly string[];
  /** How long a caller waits for an answer. */
  readonly deadlineMs: number;
}

/**
 * The lines between the nonce and the comparison. `args` are `job` and `name=value` pairs whose values hold neither
 * commas nor colons. Where this goes on by itself nothing was answered: the comparison behind it decides what that means.
 */
export function askLines(options: AskOptions, args: readonly string[]): string {
  if (options.door === 'broadcast') return broadcastLines(options, args);
  return ` same => n,${stasis(options.application, args)}`;
}

const stasis = (application: string, args: readonly string[]) =>
  `Stasis(${[application, ...args].join(',')})`;

/**
 * The first daemon that claims the call has it; in half the deadline nobody has, and the call goes on, not cut. Its arguments
 * are parted by colons, and the pattern is a POSIX extended expression of 256 bytes (app_stasis_broadcast.c,
 * res_stasis_broadcast.c). An older Asterisk lacks the application, which is no reason to hang up (app_exec.c): the daemons
 * are asked in turn there, the next where the one before is not connected (app_stasis.c).
 */
function broadcastLines({ application, peers, deadlineMs }: AskOptions, args: readonly string[]): string {
  const applications = [application, ...peers].toSorted();
  const claimMs = Math.round(deadlineMs / 2);
  const last = applications.length - 1;
  const inTurn = applications.flatMap((name, index) => [
    ` same => n,${stasis(name, args)}`,
    ...(index < last ? [' same => n,GotoIf($["${STASISSTATUS}" != "FAILED"]?asked)'] : []),
  ]);
  return [
    ` same => n,TryExec(StasisBroadcast(${claimMs},^(${applications.join('|')})$,${args.join(':')}))`,
    ' same => n,GotoIf($["${TRYSTATUS}" != "NOAPP"]?asked)',
    ...inTurn,
    ' same => n(asked),NoOp()',
  ].join('\n');
}

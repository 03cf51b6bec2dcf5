// What one step of the dialplan can lead to, read from its application and arguments.
import { readCall, splitOutside } from './split.ts';

/** `context,extension,priority` as written; parts that are not written are ''. */
export interface Target {
  readonly context: string;
  readonly extension: string;
  readonly priority: string;
}

export type Move =
  | { readonly kind: 'next' }
  | { readonly kind: 'goto' | 'gosub'; readonly target: Target }
  | { readonly kind: 'macro'; readonly name: string }
  | { readonly kind: 'dial'; readonly destinations: readonly string[]; readonly options: string }
  | { readonly kind: 'return' }
  /** The call is handed to a program, which may be away. */
  | { readonly kind: 'door'; readonly application: string }
  | { readonly kind: 'timer'; readonly runs: boolean }
  /** Whatever is dialled next comes to this context; '' for the channel's own. */
  | { readonly kind: 'digits'; readonly context: string }
  | { readonly kind: 'queue'; readonly name: string }
  /** Goes where only its own configuration says. */
  | { readonly kind: 'hidden'; readonly application: string };

const NEXT: Move = { kind: 'next' };
const NESTING_MAX = 4;

/** An empty list: the call ends here. */
export function movesOf(application: string, data: string, nesting = 0): readonly Move[] {
  if (nesting > NESTING_MAX) return [NEXT];
  const args = () => splitOutside(data, ',');
  switch (application.toLowerCase()) {
    case 'hangup':
    case 'busy':
    case 'congestion':
      return [];
    case 'goto':
      return [{ kind: 'goto', target: targetOf(data) }];
    case 'gotoif':
    case 'gotoiftime':
      return eitherOf(data, (branch) => [{ kind: 'goto', target: targetOf(branch) }]);
    case 'gosub':
      return [{ kind: 'gosub', target: targetOf(data) }];
    case 'gosubif':
      return eitherOf(data, (branch) => [{ kind: 'gosub', target: targetOf(branch) }]);
    case 'macro':
    case 'macroexclusive':
      return [{ kind: 'macro', name: args()[0] ?? '' }];
    case 'macroif':
      return eitherOf(data, (branch) => [{ kind: 'macro', name: splitOutside(branch, ',')[0] ?? '' }]);
    case 'return':
    case 'macroexit':
      return [{ kind: 'return' }];
    case 'execif':
      return eitherOf(data, (branch) => nested(branch, nesting));
    case 'execiftime':
      return [...nested(splitOutside(data, '?', 2)[1] ?? '', nesting), NEXT];
    case 'exec':
    case 'tryexec':
      return nested(data, nesting);
    case 'set':
    case 'mset':
      return setMoves(args());
    case 'dial':
      return dialMoves(args());
    case 'retrydial':
      return dialMoves(args().slice(3));
    case 'page':
      return [{ kind: 'dial', destinations: splitOutside(args()[0] ?? '', '&'), options: '' }, NEXT];
    case 'originate':
      return originateMoves(args());
    case 'channelredirect':
      return [{ kind: 'goto', target: targetOf(args().slice(1).join(',')) }, NEXT];
    case 'stasis':
    case 'agi':
    case 'eagi':
    case 'deadagi':
    case 'externalivr':
    case 'stasisbroadcast':
      return [{ kind: 'door', application }, NEXT];
    case 'background':
    case 'waitexten':
      return [{ kind: 'digits', context: '' }, NEXT];
    case 'disa':
      return [{ kind: 'digits', context: args()[1] || 'disa' }, NEXT];
    case 'queue':
      return [{ kind: 'queue', name: args()[0] ?? '' }, NEXT];
    case 'followme':
    case 'directory':
    case 'callcompletionrequest':
    case 'findmefollowme':
      return [{ kind: 'hidden', application }, NEXT];
    default:
      return [NEXT];
  }
}

/** `condition?yes:no`; a branch that is not written goes on at the next step. */
function eitherOf(data: string, read: (branch: string) => readonly Move[]): readonly Move[] {
  const [, behind = ''] = splitOutside(data, '?', 2);
  const branches = splitOutside(behind, ':', 2);
  const written = branches.filter((branch) => branch !== '');
  const moves = written.flatMap(read);
  return written.length < 2 ? [...moves, NEXT] : moves;
}

function nested(text: string, nesting: number): readonly Move[] {
  const { name, data } = readCall(text);
  return movesOf(name, data, nesting + 1);
}

/** Arguments of a Gosub stand in brackets behind the priority. */
function targetOf(text: string): Target {
  const parts = splitOutside(text, ',', 3).map((part) => part.trim());
  const last = (parts.pop() ?? '').replace(/(?<!\$)\(.*$/, '');
  const [context = '', extension = ''] = parts.length >= 2 ? parts : ['', parts[0] ?? ''];
  return { context, extension, priority: last };
}

function setMoves(assignments: readonly string[]): readonly Move[] {
  const timers = assignments.flatMap((assignment): Move[] => {
    const [, value] = /^TIMEOUT\(absolute\)\s*=(.*)$/i.exec(assignment) ?? [];
    if (value === undefined) return [];
    return [{ kind: 'timer', runs: Number(value) > 0 }];
  });
  return [...timers, NEXT];
}

function dialMoves([destinations = '', , options = '']: readonly string[]): readonly Move[] {
  const dial: Move = { kind: 'dial', destinations: splitOutside(destinations, '&'), options };
  const afterwards = [...options.matchAll(/[GF]\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)].map(
    ([, place = '']): Move => ({ kind: 'goto', target: targetOf(place.replaceAll('^', ',')) }),
  );
  return [dial, ...afterwards, NEXT];
}

/** `Originate(tech/data,exten,context,extension,priority)`, or `app` with an application behind it. */
function originateMoves([destination = '', kind = '', ...rest]: readonly string[]): readonly Move[] {
  const dial: Move = { kind: 'dial', destinations: [destination], options: '' };
  if (kind.toLowerCase() !== 'exten') return [dial, ...nestedApplication(rest), NEXT];
  return [dial, { kind: 'goto', target: targetOf(rest.slice(0, 3).join(',')) }, NEXT];
}

function nestedApplication([name = '', data = '']: readonly string[]): readonly Move[] {
  return movesOf(name, data, NESTING_MAX).filter(({ kind }) => kind !== 'next');
}

// The live board as the lines of a terminal: nothing wider or longer than it, nothing in it that a terminal would act upon.
import { styleText } from 'node:util';
import { counted } from '../counted.ts';
import { escapeUnprintable } from '../config/log-line.ts';
import type { LiveCall, LiveStatus } from '../http/live-ports.ts';
import { widthOf } from './table.ts';
import type { WatchBoard } from './watch-board.ts';
import { callerOf } from './watch-news.ts';

export interface ScreenOptions {
  readonly columns: number;
  readonly rows: number;
  readonly nowMs: number;
  /** With a column of who may take the call. */
  readonly takers: boolean;
  /** What is watched; null for all. */
  readonly extension: string | null;
  readonly colour: boolean;
}

type Style = Parameters<typeof styleText>[0];

interface Line {
  readonly text: string;
  readonly style: Style | null;
}

const GAP = '  ';
/** Kept for what was lately where calls could fill the rest. */
const NEWS_ROWS_MIN = 4;
const CELL_WIDTH_MAX = 40;

/** At most `rows` lines of at most `columns` columns. */
export function screenLines(board: WatchBoard, options: ScreenOptions): string[] {
  const { columns, rows, colour } = options;
  const head = headLines(board, options);
  const newsRows = board.news.length === 0 ? 0 : Math.min(board.news.length + 2, NEWS_ROWS_MIN + 2);
  const room = Math.max(2, rows - head.length - newsRows);
  const calls = callLines(board, options, room);
  const left = rows - head.length - calls.length - 2;
  const news: Line[] = board.news
    .slice(0, Math.max(0, left))
    .map(({ atMs, text }) => plain(`${clock(atMs)}  ${text}`));
  const below: readonly Line[] =
    news.length === 0 ? [] : [plain(''), { text: 'LATELY', style: 'dim' }, ...news];
  return [...head, ...calls, ...below].slice(0, rows).map(({ text, style }) => {
    const shown = cut(text, columns);
    // The caller has looked at the terminal.
    return style === null || !colour ? shown : styleText(style, shown, { validateStream: false });
  });
}

const plain = (text: string): Line => ({ text, style: null });

function headLines(
  { status, calls, away }: WatchBoard,
  { nowMs, extension }: ScreenOptions,
): readonly Line[] {
  const pbx = status === null ? '' : ` on ${escapeUnprintable(status.pbx)}`;
  const whose = extension === null ? '' : ` that ${escapeUnprintable(extension)} may take`;
  const title = `callwarden${pbx}   ${counted(calls.size, 'ringing call')}${whose}   ${clock(nowMs)}`;
  return [{ text: title, style: 'bold' }, linkLine(status, away), plain('')];
}

function linkLine(status: LiveStatus | null, away: string | null): Line {
  if (away !== null) {
    return { text: `The daemon is away (${escapeUnprintable(away)}); asking again.`, style: ['red', 'bold'] };
  }
  if (status === null) return plain('connected');
  const links = `link to Asterisk ${status.ari}${status.ami === 'off' ? '' : `, AMI ${status.ami}`}`;
  const [problem, ...more] = status.problems;
  if (problem === undefined) return { text: `${links}, all is well`, style: 'green' };
  const others = more.length === 0 ? '' : ` (and ${more.length} more: callwarden status)`;
  return { text: `${links} ! ${escapeUnprintable(problem)}${others}`, style: 'red' };
}

interface CallColumn {
  readonly title: string;
  readonly cell: (call: LiveCall, nowMs: number) => string;
  readonly right?: boolean;
}

const allColumns: readonly CallColumn[] = [
  { title: 'RINGING', cell: (call, nowMs) => ringTime(nowMs - call.ringingSinceMs), right: true },
  { title: 'CALLER', cell: callerOf },
  { title: 'DIALLED', cell: ({ dialled }) => dialled.join(' > ') },
  { title: 'PHONES', cell: ({ legs }) => [...new Set(legs.map(({ extension }) => extension))].join(' ') },
  { title: 'MAY TAKE', cell: ({ mayTake }) => (mayTake.length === 0 ? 'nobody' : mayTake.join(' ')) },
];

/** The calls as a table of at most so many lines, longest ringing first, and how many there are beyond. */
function callLines(
  { calls, alerted, away, status }: WatchBoard,
  options: ScreenOptions,
  room: number,
): readonly Line[] {
  // What was last known, until daemon and link are back.
  const isStale = away !== null || status?.ari === 'down';
  if (calls.size === 0)
    return [{ text: isStale ? 'What rings is not known.' : 'Nothing rings.', style: 'dim' }];
  const shown = allColumns.slice(0, options.takers ? allColumns.length : -1);
  const sorted = [...calls.values()].toSorted((a, b) => a.ringingSinceMs - b.ringingSinceMs);
  const visible = sorted.length < room ? sorted : sorted.slice(0, Math.max(1, room - 2));
  const cells = visible.map((call) =>
    shown.map(({ cell }) => cut(escapeUnprintable(cell(call, options.nowMs)) || '-', CELL_WIDTH_MAX)),
  );
  const widths = shown.map(({ title }, at) =>
    Math.max(widthOf(title), ...cells.map((row) => widthOf(row[at] ?? ''))),
  );
  const aligned = (row: readonly string[]) =>
    row
      .map((text, at) => {
        const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(text)));
        return shown[at]?.right === true ? space + text : text + space;
      })
      .join(GAP)
      .trimEnd();
  const hidden = sorted.length - visible.length;
  const lines: Line[] = [
    { text: aligned(shown.map(({ title }) => title)), style: 'dim' },
    ...visible.map(({ callId }, at): Line => ({
      text: aligned(cells[at] ?? []),
      style: isStale ? 'dim' : alerted.has(callId) ? 'yellow' : null,
    })),
    ...(hidden > 0 ? [plain(`and ${hidden.toLocaleString('en')} more`)] : []),
  ];
  return lines;
}

/** `8 s`, `1:05`, `1:02:00`. A clock that was set back makes no time negative. */
function ringTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const two = (part: number) => String(part).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** The local time of day. */
function clock(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB');
}

/** Cut to so many columns, with a sign that something is missing. */
function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const letter of text) {
    used += widthOf(letter);
    if (used > width - 1) break;
    kept += letter;
  }
  return width > 0 ? `${kept}…` : '';
}

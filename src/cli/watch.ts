// `callwarden watch`: what rings, live in the terminal, or one line for each event where nobody looks at a screen.
import type { Command } from 'commander';
import { printableJson } from '../config/log-line.ts';
import type { FollowOptions } from '../http/live-client.ts';
import { placesOf } from './context.ts';
import { isoTime } from './moment.ts';
import type { JsonOption } from './output.ts';
import { emptyBoard, withEvent } from './watch-board.ts';
import { newsOf } from './watch-news.ts';
import { screenLines } from './watch-screen.ts';
import { takeTerminal } from './watch-terminal.ts';

interface WatchOptions extends JsonOption {
  readonly extension?: string;
  readonly takers?: boolean;
}

/** Ring times grow once a second. */
const TICK_MS = 1_000;
/** Events of one moment are drawn together. */
const DRAW_AFTER_MS = 50;
/** Where a terminal does not tell its size. */
const SIZE = { columns: 80, rows: 24 } as const;

type Hands = Pick<FollowOptions, 'onEvent' | 'onUp' | 'onAway'>;

export function registerWatch(program: Command): void {
  program
    .command('watch')
    .description('what rings, live in the terminal; one line for each event where the output is no terminal')
    .option('--extension <name>', 'only the calls that this extension may take')
    .option('--takers', 'show who may take each call')
    .option('--json', 'for programs: one line of JSON for each event')
    .action(async (options: WatchOptions, command: Command) => {
      const { followLive } = await import('../http/live-client.ts');
      const { socket } = placesOf(command);
      const ending = new AbortController();
      const end = () => ending.abort();
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
      // Whoever read what we write has gone.
      process.stdout.once('error', end);
      const isScreen = process.stdout.isTTY && options.json !== true;
      const { signal } = ending;
      const extension = options.extension ?? null;
      using hands = isScreen ? onScreen(options, end) : asLines(options.json === true);
      await followLive({ socketPath: socket, extension, signal, ...hands.hands });
    });
}

interface Output extends Disposable {
  readonly hands: Hands;
}

function onScreen({ takers = false, extension = null }: WatchScreenOptions, onQuit: () => void): Output {
  const { stdin: input, stdout: output } = process;
  const colour = output.hasColors();
  let board = emptyBoard;
  let soon: NodeJS.Timeout | null = null;
  let terminal: ReturnType<typeof takeTerminal> | null = null;
  const draw = () => {
    const nowMs = Date.now();
    const columns = output.columns || SIZE.columns;
    const rows = output.rows || SIZE.rows;
    terminal?.draw(screenLines(board, { columns, rows, nowMs, takers, extension, colour }));
  };
  const drawSoon = () => {
    soon ??= setTimeout(() => {
      soon = null;
      draw();
    }, DRAW_AFTER_MS);
  };
  const ticking = setInterval(draw, TICK_MS);
  return {
    hands: {
      onEvent: (event) => {
        board = withEvent(board, event);
        drawSoon();
      },
      onUp: () => {
        // Not before there is something to show: what cannot be reached is said on the usual screen.
        terminal ??= takeTerminal({ input, output, onRedraw: draw, onQuit });
        board = { ...board, away: null };
        drawSoon();
      },
      onAway: (reason) => {
        board = { ...board, away: reason };
        drawSoon();
      },
    },
    [Symbol.dispose]() {
      clearInterval(ticking);
      if (soon) clearTimeout(soon);
      terminal?.[Symbol.dispose]();
    },
  };
}

type WatchScreenOptions = { readonly takers?: boolean; readonly extension?: string | null };

function asLines(isJson: boolean): Output {
  const say = (atMs: number, type: string, text: string) =>
    void process.stdout.write(`${isoTime(atMs)} ${type} ${text}\n`);
  let isAway = false;
  const turn = (type: 'away' | 'back', text: string) => {
    isAway = type === 'away';
    const atMs = Date.now();
    if (isJson) process.stdout.write(`${printableJson({ id: '', type, atMs, data: { reason: text } })}\n`);
    else say(atMs, type, text);
  };
  return {
    hands: {
      onEvent: (event) => {
        if (isJson) {
          process.stdout.write(`${printableJson(event)}\n`);
          return;
        }
        say(event.atMs, event.type, newsOf(event) ?? '');
      },
      onUp: () => {
        if (isAway) turn('back', 'the daemon is back');
      },
      onAway: (reason) => {
        if (!isAway) turn('away', reason);
      },
    },
    [Symbol.dispose]: () => undefined,
  };
}

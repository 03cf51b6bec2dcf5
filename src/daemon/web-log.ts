// The log of the web thread: its lines go to the thread that writes them, no more than anybody would read.
import type { LogFields, Logger } from '../config/logger.ts';
import type { WebSaying } from './web-messages.ts';

/** In ten seconds; strangers can cause some of them. */
const LINES_MAX = 200;
const SPAN_MS = 10_000;

export function createWebLog(send: (saying: WebSaying) => void, monotonicMs: () => number): Logger {
  let sinceMs = Number.NEGATIVE_INFINITY;
  let lines = 0;
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}) => {
      if (monotonicMs() - sinceMs >= SPAN_MS) {
        const left = lines - LINES_MAX;
        if (left > 0) send({ type: 'log', level: 'warn', event: 'web', fields: { linesLeftOut: left } });
        sinceMs = monotonicMs();
        lines = 0;
      }
      lines += 1;
      if (lines <= LINES_MAX) send({ type: 'log', level, event, fields });
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

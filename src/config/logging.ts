// The daemon's log: one line an event on stderr, with the journal's priorities where the journal reads it.
import { fstatSync } from 'node:fs';
import type { Writable } from 'node:stream';
import winston from 'winston';
import type { LogConfig, LogLevel } from './config.ts';
import { logLine } from './log-line.ts';
import type { LogFields, Logger } from './logger.ts';

/** sd-daemon(3): a line that begins with `<n>` gets this priority in the journal. */
const JOURNAL_PRIORITIES: Readonly<Record<LogLevel, number>> = { error: 3, warn: 4, info: 6, debug: 7 };
const STDERR = 2;

export interface LoggerOptions {
  /** Texts that must never show: the passwords of the configuration. */
  readonly secrets: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** stderr, unless told otherwise: stdout belongs to the answers of commands. */
  readonly stream?: Writable;
}

/** Never throws: a log that cannot be written does not stop a call. */
export function createLogger(config: LogConfig, options: LoggerOptions): Logger {
  const { stream = process.stderr } = options;
  const journal = isJournal(options.env['JOURNAL_STREAM']);
  const secrets = options.secrets.filter((secret) => secret !== '');
  const format = config.format === 'json' ? 'json' : 'plain';
  const timed = !(journal && config.format === 'auto');
  // The reader of a pipe may go away: that is his affair, and no reason to end.
  stream.on('error', () => {});

  const log = winston.createLogger({
    level: config.level,
    levels: { error: 0, warn: 1, info: 2, debug: 3 },
    format: winston.format.printf(({ message }) => String(message)),
    transports: [new winston.transports.Stream({ stream, eol: '\n' })],
    exitOnError: false,
  });
  const write =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (!log.isLevelEnabled(level)) return;
      const time = timed ? new Date().toISOString() : null;
      const line = logLine(level, event, fields, { format, time, secrets });
      log.log(level, journal ? `<${JOURNAL_PRIORITIES[level]}>${line}` : line);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/**
 * systemd.exec(5): JOURNAL_STREAM names device and inode of the journal's socket, and is inherited by
 * redirected children.
 */
function isJournal(journalStream: string | undefined): boolean {
  if (journalStream === undefined) return false;
  try {
    const { dev, ino } = fstatSync(STDERR);
    return journalStream === `${dev}:${ino}`;
  } catch {
    return false;
  }
}

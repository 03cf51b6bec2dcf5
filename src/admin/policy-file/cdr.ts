// Reads Asterisk's call detail records: the CSV of cdr_csv, which has no heads, or an export of the cdr table with heads.
import type { OutboundCall } from '../../barring/verdict.ts';
import { parseCsv, type CsvRecord } from '../csv.ts';
import { AppError } from '../../errors.ts';

/** One call of the past, as far as a policy is concerned. */
export interface CdrCall {
  readonly line: number;
  readonly atMs: number;
  /** When it ended; the start where the record does not say. */
  readonly endMs: number;
  /** Asterisk's name of the calling channel. */
  readonly channel: string;
  readonly source: string;
  readonly dialled: string;
  readonly answered: boolean;
  /** Why the payer pays; `direct` where the record does not say. */
  readonly via?: OutboundCall['via'];
}

type Field = 'source' | 'dialled' | 'channel' | 'start' | 'end' | 'duration' | 'disposition';

/** Columns of cdr_csv (cdr/cdr_csv.c, build_csv_record). */
const placesWithoutHeads: Readonly<Record<Field, number>> = {
  source: 1,
  dialled: 2,
  channel: 5,
  start: 9,
  end: 11,
  duration: 12,
  disposition: 14,
};

const headsOf: Readonly<Record<Field, readonly string[]>> = {
  source: ['src'],
  dialled: ['dst'],
  channel: ['channel'],
  start: ['start', 'calldate'],
  end: ['end'],
  duration: ['duration'],
  disposition: ['disposition'],
};

/** What Asterisk puts into `dst` where nothing was dialled: `s`, `h`, `hangup`, names of macros. */
const DIALLED = /^[+*#(]?[0-9*#+ ().-]{1,40}$/;

export interface CdrFile {
  readonly calls: readonly CdrCall[];
  /** Records without a number or a time. */
  readonly skipped: number;
}

/** Times without a zone are local ones, as Asterisk writes them. Throws `AppError('invalid')` for what is no such file. */
export function readCdr(bytes: Uint8Array): CdrFile {
  const records = parseCsv(bytes);
  const [first] = records;
  const heads = first === undefined ? null : placesOfHeads(first);
  const places = heads ?? placesWithoutHeads;
  const read = (heads === null ? records : records.slice(1)).map((record) => callOf(record, places));
  const calls = read.filter((call) => call !== null);
  if (calls.length === 0 && read.length > 0) {
    throw new AppError(
      'invalid',
      'No call could be read. Expected is Master.csv of Asterisk’s cdr_csv, or an export of the cdr table with heads ' +
        '(src, dst, channel, calldate).',
    );
  }
  return { calls, skipped: read.length - calls.length };
}

function placesOfHeads({ cells }: CsvRecord): Readonly<Record<Field, number>> | null {
  const words = cells.map((cell) => cell.toLowerCase());
  const placeOf = (field: Field) => words.findIndex((word) => headsOf[field].includes(word));
  if (placeOf('dialled') < 0 || placeOf('start') < 0) return null;
  return {
    source: placeOf('source'),
    dialled: placeOf('dialled'),
    channel: placeOf('channel'),
    start: placeOf('start'),
    end: placeOf('end'),
    duration: placeOf('duration'),
    disposition: placeOf('disposition'),
  };
}

function callOf({ line, cells }: CsvRecord, places: Readonly<Record<Field, number>>): CdrCall | null {
  const cell = (field: Field) => cells[places[field]] ?? '';
  const dialled = cell('dialled');
  const atMs = Date.parse(cell('start').replace(' ', 'T'));
  if (!DIALLED.test(dialled) || !Number.isFinite(atMs)) return null;
  const endMs = Date.parse(cell('end').replace(' ', 'T'));
  const seconds = Number(cell('duration'));
  const byDuration = Number.isFinite(seconds) ? atMs + seconds * 1000 : atMs;
  return {
    line,
    atMs,
    endMs: Number.isFinite(endMs) ? endMs : byDuration,
    channel: cell('channel'),
    source: cell('source'),
    dialled,
    answered: cell('disposition') === '' || cell('disposition').toUpperCase() === 'ANSWERED',
  };
}

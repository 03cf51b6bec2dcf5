// SIPp as a source of load: many calls at a steady rate, counted.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '../../src/errors.ts';
import type { Lab } from './lab.ts';
import { run } from './processes.ts';
import { type CallerScenario, callerXml } from './sipp-scenario.ts';
import { findTool } from './tools.ts';

/** On top of the time that the calls themselves take. */
const graceMs = 30_000;

export interface LoadOptions {
  /** The extension that calls; it needs no registration. */
  readonly from: string;
  /** Only characters that may stand in a SIP user part. */
  readonly number: string;
  readonly calls: number;
  readonly callsPerSecond: number;
  /** Calls that may be up at once; 50 by default. */
  readonly atOnceMax?: number;
  /** 200 by default. */
  readonly expectedStatus?: number;
  /** How long an answered call stays up; 0 by default. */
  readonly holdMs?: number;
}

/**
 * What became of the calls. SIPp's own times have a grain of 1 to 4 ms: they are good for load, not for
 * latency.
 */
export interface LoadResult {
  readonly successful: number;
  readonly failed: number;
  readonly elapsedMs: number;
  /** Mean time from the INVITE with password to the final response. */
  readonly meanSetupMs: number;
}

let loads = 0;

/**
 * Places the calls and waits for all of them; rejects with `AppError('unavailable')` when SIPp itself fails.
 */
export async function placeLoad(lab: Lab, options: LoadOptions): Promise<LoadResult> {
  const account = lab.accounts.find(({ extension }) => extension === options.from);
  if (account === undefined) throw new AppError('not-found', `The lab has no extension ${options.from}.`);
  loads += 1;
  const tool = await findTool(lab, 'sipp', `sipp-${process.pid}-${loads}`);
  const scenario: CallerScenario = {
    from: options.from,
    password: account.password,
    number: options.number,
    expectedStatus: options.expectedStatus ?? 200,
    holdMs: options.holdMs ?? 0,
  };
  writeFileSync(join(tool.directory.outside, 'caller.xml'), callerXml(scenario));
  const statistics = join(tool.directory.inside, 'statistics.csv');
  const calls = `-m ${options.calls} -r ${options.callsPerSecond} -l ${options.atOnceMax ?? 50}`;
  const counting = `-trace_stat -stf ${statistics} -fd 1`;
  const files = `-sf ${join(tool.directory.inside, 'caller.xml')} -nostdin`;
  const line = `127.0.0.1:${lab.ports.sip} -i 127.0.0.1 -mi 127.0.0.1 ${files} ${calls} ${counting}`;
  const [command, args] = tool.command(line.split(' '));
  const deadlineMs = (options.calls / options.callsPerSecond) * 1000 + scenario.holdMs + graceMs;
  const { output } = await run(command, args, { deadlineMs });
  return readStatistics(join(tool.directory.outside, 'statistics.csv'), output);
}

/** The last line of SIPp's statistics, by the names in the first; `(C)` is cumulative. */
function readStatistics(file: string, output: string): LoadResult {
  const lines = readFileSync(file, 'latin1').trim().split('\n');
  const names = lines[0]?.split(';') ?? [];
  const values = lines.at(-1)?.split(';') ?? [];
  const value = (name: string): string => values[names.indexOf(name)] ?? '';
  if (lines.length < 2 || value('SuccessfulCall(C)') === '') {
    throw new AppError('unavailable', `SIPp left no statistics.\n${output.slice(-2000)}`);
  }
  return {
    successful: Number(value('SuccessfulCall(C)')),
    failed: Number(value('FailedCall(C)')),
    elapsedMs: epochMs(value('CurrentTime')) - epochMs(value('StartTime')),
    meanSetupMs: milliseconds(value('ResponseTimesetup(C)')),
  };
}

/** From SIPp's date, time and seconds since 1970, parted by tabs; its elapsed time has whole seconds only. */
function epochMs(text: string): number {
  return Number(text.split('\t').at(-1)) * 1000;
}

/** From SIPp's `00:00:01:234567` (hours, minutes, seconds, microseconds). */
function milliseconds(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0, micros = 0] = text.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + micros / 1000;
}

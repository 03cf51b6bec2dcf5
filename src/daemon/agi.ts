// The second door to Asterisk, FastAGI, joined to the same desk.
import { listenForAgi, type AgiServer } from '../asterisk/agi/server.ts';
import type { PinSessions } from '../asterisk/pin-session.ts';
import type { ScreeningDesk } from '../asterisk/screening-desk.ts';
import type { DaemonOptions } from './parts.ts';
import type { AgiStatus } from '../http/ports.ts';

/** Rejects with `AppError('unavailable')` when it cannot listen there. */
export function startAgi(
  { config, logger }: DaemonOptions,
  { desk, pins }: { readonly desk: ScreeningDesk; readonly pins: PinSessions },
): Promise<AgiServer> {
  return listenForAgi({
    ...config.agi,
    decisionMs: config.deadlines.decisionMs,
    commandMs: config.deadlines.commandMs,
    ears: pins,
    onQuestion: (line, channel, args) => desk.take(line, channel, args),
    onProblem: (problem) => logger.warn('agi-refused', { problem }),
  });
}

const OFF: AgiStatus = { state: 'off', address: '', open: 0, questions: 0, refused: 0, lastProblem: '' };

export function agiStatus(agi: AgiServer | null): AgiStatus {
  return agi?.state() ?? OFF;
}

// What `callwarden status` shows of the running daemon, and what it calls a problem.
import { machineTimeZone } from '../admin/schedule-words.ts';
import { counted } from '../counted.ts';
import type { AmiSupervisor } from '../asterisk/ami/supervisor.ts';
import type { AriSupervisor } from '../asterisk/ari/supervisor.ts';
import { agiStatus } from './agi.ts';
import type { DaemonParts } from './parts.ts';
import type { DaemonStatus, LinkStatus, WebStatus } from '../http/ports.ts';
import { tellingProblems } from './telling.ts';
import { dataVersions } from '../numbering/data-versions.ts';

export function statusOf(parts: DaemonParts): DaemonStatus {
  const { options, policy, recorder, desk, pickup } = parts;
  const ari = ariStatus(parts.ari);
  const ami = amiStatus(parts.ami);
  const records = recorder.stats();
  const silent = parts.peers.silent();
  const telling = parts.telling.status();
  const web = parts.web.status();
  const problems = [
    ...(ari.state === 'down' ? [`ARI is not connected: ${ari.lastProblem || 'connecting'}`] : []),
    ...silent.map(
      (peer) =>
        `The daemon of the application “${peer}” does not answer; its calls are taken over. Start it again.`,
    ),
    ...(ami.state === 'down' ? [`AMI is not connected: ${ami.lastProblem || 'connecting'}`] : []),
    ...(parts.agi?.state().state === 'down' ? ['FastAGI does not listen any more; restart the daemon.'] : []),
    ...(policy.problem === '' ? [] : [`The policy could not be loaded: ${policy.problem}`]),
    ...[parts.dialplan.problem(), parts.guard.problem()].filter((problem) => problem !== ''),
    ...(parts.pins.problem() === '' ? [] : [parts.pins.problem()]),
    ...parts.health.problems(),
    ...(web.problem === '' ? [] : [`The console and the API: ${web.problem}`]),
    ...tellingProblems(telling),
    ...(records.problem === '' ? [] : [`Call records are not written: ${records.problem}`]),
    ...(records.lost > 0
      ? [
          `${counted(records.lost, 'call record')} ${records.lost === 1 ? 'was' : 'were'} lost since the start; ` +
            'the log says why.',
        ]
      : []),
  ];
  const snapshot = policy.snapshot();
  return {
    health: problems.length === 0 ? 'green' : 'red',
    problems,
    version: options.version,
    pbx: options.config.pbx.name,
    pid: process.pid,
    startedAtMs: parts.startedAtMs,
    timeZone: machineTimeZone(),
    ari,
    ami,
    agi: agiStatus(parts.agi),
    web,
    peers: options.config.ari.peers.map((application) => ({
      application,
      state: silent.includes(application) ? 'silent' : 'heard',
    })),
    policy: {
      version: snapshot?.version ?? null,
      loadedAtMs: policy.loadedAtMs,
      protection: snapshot?.settings.protection ?? null,
    },
    decisions: desk.counts(),
    pickups: { ...parts.tally },
    telling,
    ringing: pickup.ringing().length,
    records: { queued: records.queued, written: records.written, lost: records.lost },
    notices: { lastDay: parts.usage.noticesOfLastDay() },
    guard: { mode: snapshot?.settings.guard ?? null, unscreened: parts.guard.unscreened() },
    quarantined: parts.usage.quarantines().map(({ extension }) => extension),
    numberingData: dataVersions(),
    numberingNotice: parts.numberingNotice(),
  };
}

const LINK_DOWN: LinkStatus = {
  state: 'down',
  kind: '',
  asteriskVersion: '',
  sinceMs: null,
  reconnects: 0,
  lastProblem: '',
};

/** Of a daemon that waits for a usable database: it judges no call yet. */
export function waitingStatus(
  { version, config }: DaemonParts['options'],
  startedAtMs: number,
  problem: string,
  web: WebStatus,
): DaemonStatus {
  const consequence =
    'No call is judged until then: the static rules of the dialplan let emergency, internal and national calls out.';
  return {
    health: 'red',
    problems: [`The daemon waits for its database. ${problem} ${consequence}`],
    version,
    pbx: config.pbx.name,
    pid: process.pid,
    startedAtMs,
    timeZone: machineTimeZone(),
    ari: LINK_DOWN,
    ami: LINK_DOWN,
    agi: agiStatus(null),
    web,
    peers: [],
    policy: { version: null, loadedAtMs: null, protection: null },
    decisions: { continued: 0, denied: 0, abandoned: 0 },
    pickups: { taken: 0, refused: 0 },
    telling: null,
    ringing: 0,
    records: { queued: 0, written: 0, lost: 0 },
    notices: { lastDay: 0 },
    guard: { mode: null, unscreened: 0 },
    quarantined: [],
    numberingData: dataVersions(),
    numberingNotice: '',
  };
}

function ariStatus(supervisor: AriSupervisor): LinkStatus {
  const state = supervisor.state();
  return {
    state: state.connectedSinceMs === null ? 'down' : 'up',
    kind: state.linkKind ?? '',
    asteriskVersion: state.asteriskVersion ?? '',
    sinceMs: state.connectedSinceMs,
    reconnects: state.reconnects,
    lastProblem: state.lastError ?? '',
  };
}

function amiStatus(supervisor: AmiSupervisor | null): LinkStatus {
  const state = supervisor?.state();
  return {
    state: state === undefined ? 'off' : state.connectedSinceMs === null ? 'down' : 'up',
    kind: 'ami',
    asteriskVersion: '',
    sinceMs: state?.connectedSinceMs ?? null,
    reconnects: state?.reconnects ?? 0,
    lastProblem: state?.lastError ?? '',
  };
}

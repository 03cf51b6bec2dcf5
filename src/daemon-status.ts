// What `callwarden status` shows of the running daemon, and what it calls a problem.
import type { AmiSupervisor } from './asterisk/ami/supervisor.ts';
import type { AriSupervisor } from './asterisk/ari/supervisor.ts';
import type { DaemonParts } from './daemon.ts';
import type { DaemonStatus, LinkStatus } from './http/ports.ts';
import { dataVersions } from './numbering/data-versions.ts';

export function statusOf(parts: DaemonParts): DaemonStatus {
  const { options, policy, recorder, desk, pickup } = parts;
  const ari = ariStatus(parts.ari);
  const ami = amiStatus(parts.ami);
  const records = recorder.stats();
  const problems = [
    ...(ari.state === 'down' ? [`ARI is not connected: ${ari.lastProblem || 'connecting'}`] : []),
    ...parts.peers
      .silent()
      .map((peer) => `The daemon of the application “${peer}” does not answer; its calls are taken over.`),
    ...(ami.state === 'down' ? [`AMI is not connected: ${ami.lastProblem || 'connecting'}`] : []),
    ...(policy.problem === '' ? [] : [`The policy could not be loaded: ${policy.problem}`]),
    ...(parts.pins.problem() === '' ? [] : [parts.pins.problem()]),
    ...(records.problem === '' ? [] : [`Call records are not written: ${records.problem}`]),
    ...(records.lost > 0 ? [`${records.lost} call records were lost since the start.`] : []),
  ];
  const snapshot = policy.snapshot();
  return {
    health: problems.length === 0 ? 'green' : 'red',
    problems,
    version: options.version,
    pbx: options.config.pbx.name,
    pid: process.pid,
    startedAtMs: parts.startedAtMs,
    ari,
    ami,
    policy: {
      version: snapshot?.version ?? null,
      loadedAtMs: policy.loadedAtMs,
      protection: snapshot?.settings.protection ?? null,
    },
    decisions: desk.counts(),
    pickups: { ...parts.tally },
    ringing: pickup.ringing().length,
    records: { queued: records.queued, written: records.written, lost: records.lost },
    notices: { lastDay: parts.usage.noticesOfLastDay() },
    quarantined: parts.usage.quarantines().map(({ extension }) => extension),
    numberingData: dataVersions(),
    numberingNotice: parts.numberingNotice(),
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

// How many calls a second the same Asterisk carries by each way: SIPp calls, Asterisk dials, another SIPp answers.
import type { ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { spawnBound } from '../../test/lab/processes.ts';
import { placeLoad } from '../../test/lab/sipp.ts';
import { findTool } from '../../test/lab/tools.ts';
import { startPbx, type Pbx } from '../../test/pbx.ts';
import { startFastAgi } from './start-fastagi.ts';

/** More than any way reaches: how many are up at once is what limits. */
const RATE = 2000;
const AT_ONCE_MAX = 50;
const CALLS_A_ROUND = 400;
const ROUNDS = 3;

const names = { plain: '7001', lookup: '7003', fastagi: '7002', screened: '00541194000001' } as const;
export type Way = keyof typeof names;
const ways: readonly Way[] = ['plain', 'lookup', 'fastagi', 'screened'];

export interface ThroughputResult {
  readonly asterisk: string;
  /** Calls a second: the median of the rounds. */
  readonly callsPerSecond: Readonly<Record<Way, number>>;
}

/** Every way ends in the same leg to the trunk; what stands before it differs. */
const dialplan = (fastagiPort: number, carrierPort: number) => {
  const dial = (number: string, options = '') =>
    `Dial(PJSIP/trunk/sip:${number}@127.0.0.1:${carrierPort},20${options})`;
  return `
#include callwarden.conf
[phones]
exten => ${names.plain},1,${dial('${EXTEN}')}
exten => ${names.fastagi},1,AGI(agi://127.0.0.1:${fastagiPort}/set)
 same => n,${dial('${EXTEN}')}
exten => ${names.lookup},1,GotoIf($["\${DB(allowed/\${EXTEN})}" = "1"]?go)
 same => n,Hangup(21)
 same => n(go),${dial('${EXTEN}')}
exten => _[0-9*#+]!,1,Set(CALLWARDEN_DIALLED=\${EXTEN})
 same => n,Gosub(callwarden-screen,s,1)
 same => n,${dial('${CALLWARDEN_NUMBER}', ',b(callwarden-gate^s^1(${CALLWARDEN_NUMBER}))')}
[from-trunk]
`;
};

export async function measureThroughput(transport: 'websocket' | 'ari-client'): Promise<ThroughputResult> {
  using fastagi = await startFastAgi();
  const carrierPort = await freePort();
  let carrier: ChildProcess | null = null;
  try {
    await using pbx = await startPbx({
      transport,
      dialplan: dialplan(fastagi.port, carrierPort),
      policy: ['country allow AR', 'extension set 1001 --international on'],
      verbosity: 0,
    });
    await pbx.lab.console(`database put allowed ${names.lookup} 1`);
    const tool = await findTool(pbx.lab, 'sipp', 'carrier');
    const [command, args] = tool.command(`-sn uas -i 127.0.0.1 -p ${carrierPort} -nostdin`.split(' '));
    carrier = spawnBound(command, args, { output: 'ignore' });
    const rates: Record<Way, number[]> = { plain: [], fastagi: [], lookup: [], screened: [] };
    for (const way of ways) await round(pbx, way);
    for (let index = 0; index < ROUNDS; index += 1) {
      for (const way of ways) rates[way].push(await round(pbx, way));
    }
    const median = (way: Way) => rates[way].toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    return {
      asterisk: pbx.lab.asteriskVersion,
      callsPerSecond: {
        plain: median('plain'),
        lookup: median('lookup'),
        fastagi: median('fastagi'),
        screened: median('screened'),
      },
    };
  } finally {
    carrier?.kill();
  }
}

async function round(pbx: Pbx, way: Way): Promise<number> {
  const load = { from: '1001', number: names[way], calls: CALLS_A_ROUND, callsPerSecond: RATE };
  const result = await placeLoad(pbx.lab, { ...load, atOnceMax: AT_ONCE_MAX });
  if (result.failed > 0) throw new Error(`${result.failed} of ${CALLS_A_ROUND} ${way} calls failed.`);
  return (result.successful * 1000) / result.elapsedMs;
}

/** A UDP port that nobody has at this moment. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

// Finds the lab that a command of scripts/lab means, and describes it.
import { AppError } from '../../../src/errors.ts';
import { type LabAccess, type LabEntry, runningLabs } from '../registry.ts';

export interface WhichLab {
  readonly lab?: string;
}

export type ReadyLab = LabEntry & { readonly access: LabAccess };

/** The labs that were left running, newest first. */
export function detachedLabs(): ReadyLab[] {
  const age = ({ owner }: LabEntry): number => -Number(owner.startTicks);
  return runningLabs()
    .filter((entry): entry is ReadyLab => entry.detached && entry.access !== null)
    .toSorted((one, other) => age(one) - age(other));
}

/** The named lab, or the newest; throws `AppError('not-found')`. */
export function chooseLab({ lab }: WhichLab): ReadyLab {
  const found = detachedLabs().find(({ id }) => lab === undefined || id === lab);
  if (found === undefined) {
    const what = lab === undefined ? 'No lab is running' : `No lab ${lab} is running`;
    throw new AppError('not-found', `${what}: start one with “scripts/lab up”.`);
  }
  return found;
}

/** A lab with a dialplan of one's own has no Callwarden beside it. */
function callwardenLines(config: string | null): string {
  if (config === null) return '';
  return `
Callwarden screens its outbound route: home Mexico, dialing code 00, Argentina allowed, 1001 may call abroad; *8 and **1002
take ringing calls of the one pickup group.
  scripts/callwarden --config ${config} status
  scripts/callwarden --config ${config} country allow DE
`;
}

/** Everything that somebody needs to use the lab, as lines. */
export function describeLab({ id, access, directories, owner, callwardenConfig }: ReadyLab): string {
  const { ari, ami, sip, accounts } = access;
  const passwords = accounts.map(({ extension, password }) => `  ${extension}  ${password}`);
  const files = directories[0] ?? '';
  return `Lab ${id}: Asterisk ${access.asteriskVersion}, process ${owner.pid}, files in ${files}
SIP   ${sip.address}:${sip.port} (UDP), extensions and passwords:
${passwords.join('\n')}
ARI   ${ari.url}  ${ari.username}  ${ari.password}
AMI   ${ami.host}:${ami.port}  ${ami.username}  ${ami.password}
${callwardenLines(callwardenConfig)}
Each extension has a phone that answers after 2 s; 600 rings a group, 601 a queue, and all other numbers go
to a carrier that answers.
  scripts/lab call 1001 1002          place a call, and see what the phone heard
  scripts/lab console core show channels
  scripts/lab down                    end it`;
}

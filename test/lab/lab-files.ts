// Writes everything that a lab's Asterisk reads into the lab's directory.
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import {
  ariConf,
  asteriskConf,
  httpConf,
  type LabUsers,
  loggerConf,
  managerConf,
  quietFiles,
} from './etc/core.ts';
import { modulesConf } from './etc/modules.ts';
import {
  type CarrierAddress,
  type ExtensionAccount,
  musicOnHoldConf,
  pjsipConf,
  queuesConf,
  rtpConf,
} from './etc/telephony.ts';
import type { AsteriskInstall } from './install.ts';
import type { LabDirectory } from './lab-directory.ts';
import type { LabPorts } from './ports.ts';
import {
  carrierVoice,
  musicOnHold,
  type SoundBook,
  soundBook,
  soundsNamedIn,
  stockAnnouncements,
  writeSound,
} from './sounds.ts';

export interface LabPlan {
  readonly install: AsteriskInstall;
  readonly directory: LabDirectory;
  readonly ports: LabPorts;
  readonly users: LabUsers;
  readonly accounts: readonly ExtensionAccount[];
  readonly carrier: CarrierAddress;
  readonly dialplan: string;
  readonly files: Readonly<Record<string, string>>;
  readonly modules: readonly string[];
  readonly announcements: readonly string[];
  readonly verbosity: number;
}

/**
 * Fills the lab's directory; returns the names of all announcements and the book that phones recognise them
 * by.
 */
export function writeLabFiles(plan: LabPlan): { announcements: string[]; book: SoundBook } {
  const { outside, inside } = plan.directory;
  for (const folder of ['etc', 'lib/keys', 'data', 'spool', 'run', 'log', 'moh']) {
    mkdirSync(join(outside, folder), { recursive: true });
  }
  for (const [name, text] of Object.entries(etcFiles(plan, inside))) {
    const file = join(outside, 'etc', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  linkSharedData(plan);
  const dialplans = [plan.dialplan, ...Object.values(plan.files)];
  const named = [...stockAnnouncements, ...plan.announcements, ...dialplans.flatMap(soundsNamedIn)];
  const announcements = [...new Set(named)];
  for (const name of announcements) writeSound(join(outside, 'data/sounds/en'), 'announcement', name);
  writeSound(join(outside, 'moh'), 'music', musicOnHold);
  return { announcements, book: labBook(announcements, plan.accounts) };
}

/** What the phones of a lab recognise: its announcements, its music, and each other's voices. */
export function labBook(
  announcements: readonly string[],
  accounts: readonly { readonly extension: string }[],
): SoundBook {
  return new Map([
    ...soundBook('announcement', announcements),
    ...soundBook('music', [musicOnHold]),
    ...soundBook('voice', [...accounts.map(({ extension }) => extension), carrierVoice]),
  ]);
}

function etcFiles(plan: LabPlan, inside: string): Record<string, string> {
  const { install, ports, users, accounts } = plan;
  return {
    ...quietFiles,
    'asterisk.conf': asteriskConf(inside, install.moduleFolder, plan.verbosity),
    'modules.conf': modulesConf(install, plan.modules),
    'logger.conf': loggerConf(),
    'http.conf': httpConf(ports),
    'ari.conf': ariConf(users),
    'manager.conf': managerConf(ports, users),
    'pjsip.conf': pjsipConf(ports, accounts, plan.carrier),
    'rtp.conf': rtpConf(ports),
    'queues.conf': queuesConf(accounts.slice(1).map(({ extension }) => extension)),
    'musiconhold.conf': musicOnHoldConf(`${inside}/moh`),
    'extensions.conf': plan.dialplan,
    ...plan.files,
  };
}

/**
 * Modules need the package's XML documentation to load, ARI serves its API description: all but the sounds.
 */
function linkSharedData({ install, directory }: LabPlan): void {
  for (const name of readdirSync(join(install.root, install.dataFolder))) {
    if (name === 'sounds') continue;
    symlinkSync(join(install.dataFolder, name), join(directory.outside, 'data', name));
  }
}

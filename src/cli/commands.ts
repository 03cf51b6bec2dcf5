// Every command, in the order of the help.
import { registerAnnouncement } from './announcement.ts';
import { registerAudit } from './audit.ts';
import { registerBackup, registerRestore } from './backup.ts';
import { registerCalls } from './calls.ts';
import { registerCheck } from './check.ts';
import { registerCountry } from './country.ts';
import { registerDialplan } from './dialplan.ts';
import { registerDoctor } from './doctor.ts';
import { registerException } from './exception.ts';
import { registerExtension } from './extension.ts';
import { registerGroup } from './group.ts';
import { registerInit } from './init.ts';
import { registerLevel } from './level.ts';
import { registerLimit } from './limit.ts';
import { registerList } from './list.ts';
import { registerNotices } from './notices.ts';
import { registerNotify } from './notify.ts';
import { registerNumbering } from './numbering.ts';
import { registerPickupCalls } from './pickup-calls.ts';
import { registerPickupGroup } from './pickup-group.ts';
import { registerPickupProtect } from './pickup-protect.ts';
import { registerPickupRight } from './pickup-right.ts';
import { registerPickupTake } from './pickup-take.ts';
import { registerPickupStats } from './pickup-stats.ts';
import { registerPickupWhy } from './pickup-why.ts';
import { registerPin } from './pin.ts';
import { registerPolicy } from './policy.ts';
import { registerQuarantine } from './quarantine.ts';
import { registerRinging } from './ringing.ts';
import { registerRule } from './rule.ts';
import { registerRun } from './run.ts';
import { registerPremium } from './premium.ts';
import { registerSettings } from './settings.ts';
import { registerStatus } from './status.ts';
import { registerSchedule } from './schedule.ts';
import { registerUser } from './user.ts';
import { registerWatch } from './watch.ts';
import { registerWhoMay } from './who-may.ts';
import type { Register } from './program.ts';

export const commands: readonly Register[] = [
  registerInit,
  registerRun,
  registerStatus,
  registerDoctor,
  registerDialplan,
  registerCheck,
  registerWhoMay,
  registerSettings,
  registerCountry,
  registerLevel,
  registerPremium,
  registerRule,
  registerExtension,
  registerException,
  registerGroup,
  registerSchedule,
  registerList,
  registerPin,
  registerLimit,
  registerQuarantine,
  registerAnnouncement,
  registerPickupGroup,
  registerPickupRight,
  registerPickupProtect,
  registerPickupTake,
  registerPickupCalls,
  registerPickupStats,
  registerPickupWhy,
  registerPolicy,
  registerNumbering,
  registerRinging,
  registerWatch,
  registerCalls,
  registerNotices,
  registerNotify,
  registerUser,
  registerAudit,
  registerBackup,
  registerRestore,
];

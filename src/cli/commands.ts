// Every command, in the order of the help.
import { registerAudit } from './audit.ts';
import { registerCalls } from './calls.ts';
import { registerCheck } from './check.ts';
import { registerCountry } from './country.ts';
import { registerDialplan } from './dialplan.ts';
import { registerException } from './exception.ts';
import { registerExtension } from './extension.ts';
import { registerGroup } from './group.ts';
import { registerInit } from './init.ts';
import { registerLevel } from './level.ts';
import { registerList } from './list.ts';
import { registerPickupGroup } from './pickup-group.ts';
import { registerPin } from './pin.ts';
import { registerPolicy } from './policy.ts';
import { registerRinging } from './ringing.ts';
import { registerRule } from './rule.ts';
import { registerRun } from './run.ts';
import { registerPremium } from './premium.ts';
import { registerSettings } from './settings.ts';
import { registerStatus } from './status.ts';
import { registerSchedule } from './schedule.ts';
import type { Register } from './program.ts';

export const commands: readonly Register[] = [
  registerInit,
  registerRun,
  registerStatus,
  registerDialplan,
  registerCheck,
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
  registerPickupGroup,
  registerPolicy,
  registerRinging,
  registerCalls,
  registerAudit,
];

// All words in French.
import type { Words } from '../../i18n/words.ts';
import { account } from './account.ts';
import { accounts } from './accounts.ts';
import { announcements } from './announcements.ts';
import { audit } from './audit.ts';
import { authorised } from './authorised.ts';
import { barring } from './barring.ts';
import { calls } from './calls.ts';
import { exceptions } from './exceptions.ts';
import { figures } from './figures.ts';
import { groups } from './groups.ts';
import { limits } from './limits.ts';
import { live } from './live.ts';
import { pickup } from './pickup.ts';
import { pins } from './pins.ts';
import { reasons } from './reasons.ts';
import { rules } from './rules.ts';
import { schedules } from './schedules.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { system } from './system.ts';
import { tryNumber } from './try-number.ts';
import { ui } from './ui.ts';
import { user } from './user.ts';
import { users } from './users.ts';

export const fr: Words = {
  account,
  accounts,
  announcements,
  audit,
  authorised,
  barring,
  calls,
  exceptions,
  figures,
  groups,
  limits,
  live,
  pickup,
  pins,
  reasons,
  rules,
  schedules,
  shell,
  signIn,
  system,
  tryNumber,
  ui,
  user,
  users,
};

// German: what the daemon says, in one catalogue.
import { accounts } from './accounts.ts';
import { audit } from './audit.ts';
import { barring } from './barring.ts';
import { calls } from './calls.ts';
import { common } from './common.ts';
import { hours } from './hours.ts';
import { levels } from './levels.ts';
import { people } from './people.ts';
import { pickup } from './pickup.ts';
import { system } from './system.ts';

export const said = {
  ...common,
  ...accounts,
  ...barring,
  ...people,
  ...hours,
  ...pickup,
  ...calls,
  ...system,
  ...audit,
  ...levels,
};

// How the screening routine asks where it cannot use Stasis: FastAGI, the second door.
import { JOBS } from './variables.ts';

/**
 * The lines between the nonce and the comparison. Without AGIEXITONHANGUP the timeout would not end a script that says nothing
 * (res_agi.c, run_agi). AGISTATUS is SUCCESS for one that crashed, too: nobody looks at it. `args` are `name=value` pairs whose
 * values hold no comma.
 */
export function agiLines(address: string, args: readonly string[]): string {
  const all = [...args, 'state=${CHANNEL(state)}'].join(',');
  return ` same => n,MSet(CALLWARDEN_VERDICT=,AGIEXITONHANGUP=yes)
 same => n,AGI(agi://${address}/${JOBS.screen},${all})`;
}

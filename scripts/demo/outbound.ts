// The demo's first half: outbound calls, each told from dialling to what the phone heard.
import type { Phone } from '../../test/lab/phone/phone.ts';
import { eventually } from '../../test/lab/processes.ts';
import type { Pbx } from '../../test/pbx.ts';
import { bad, event, good, line, regionName } from './say.ts';

const RECORD_DEADLINE_MS = 2000;
const TALK_MS = 150;

interface StoredCall {
  readonly party: string | null;
  readonly dialled: string;
  readonly destinationKind: string | null;
  readonly e164: string | null;
  readonly regions: readonly string[];
  readonly verdict: string;
  readonly reason: string;
  readonly rule: string;
  readonly detail: { readonly rule?: string };
}

/** Places one call and tells it: how it was read, what was decided and why, what the phone heard, what the trunk saw. */
export async function placeAndTell(pbx: Pbx, phone: Phone, dialled: string, why = ''): Promise<void> {
  event(`${phone.extension} dials ${dialled}${why === '' ? '' : `   (${why})`}`);
  const before = (await newest(pbx))?.seq ?? 0;
  const onTrunk = pbx.lab.carrier.numbers.length;
  const call = await phone.call(dialled);
  const final = await call.waitFinal();
  if (final.status < 300) {
    await new Promise((resolve) => setTimeout(resolve, TALK_MS));
    await call.hangup();
  }
  await tellDecision(pbx, before);
  const heard = call.hearing.announcements.map(
    ({ name, early }) => `“${name}”${early ? ' as early media' : ''}`,
  );
  if (heard.length > 0) line('heard', heard.join(', '));
  const cause = final.cause === null ? '' : `, Q.850 cause ${final.cause}`;
  line('phone got', `SIP ${final.status} ${final.phrase}${cause}`);
  const out = pbx.lab.carrier.numbers.slice(onTrunk);
  line('trunk', out.length > 0 ? good(`dialled ${out.join(', ')}`) : bad('nothing went out'));
}

/** Emergency calls and those that the static rules decide leave no record: the daemon had no part in them. */
async function tellDecision(pbx: Pbx, before: number): Promise<void> {
  let record: (StoredCall & { seq: number }) | null = null;
  const patience = (await isUp(pbx)) ? RECORD_DEADLINE_MS / 4 : 0;
  await eventually(async () => ((record = await newest(pbx))?.seq ?? 0) > before, patience, 50);
  const found = record as (StoredCall & { seq: number }) | null;
  if (!found || found.seq <= before) {
    line('decided', 'by the dialplan alone');
    return;
  }
  const where = found.regions.map(regionName).join(' or ');
  line('read as', [found.destinationKind, found.e164, where].filter(Boolean).join(', '));
  const verdict = `${found.verdict}: ${found.reason}`;
  line('verdict', found.verdict === 'continue' ? good(verdict) : bad(verdict));
  line('rule', `${found.rule}${found.detail.rule ? ` — ${found.detail.rule}` : ''}`);
}

async function isUp(pbx: Pbx): Promise<boolean> {
  try {
    await pbx.status();
    return true;
  } catch {
    return false;
  }
}

async function newest(pbx: Pbx): Promise<(StoredCall & { seq: number }) | null> {
  const { calls } = (await pbx.json('calls --kind decision --limit 1')) as {
    calls: (StoredCall & { seq: number })[];
  };
  return calls[0] ?? null;
}

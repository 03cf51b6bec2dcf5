// Live events as sentences for people.
import { counted } from '../counted.ts';
import { escapeUnprintable } from '../config/log-line.ts';
import type { HeardEvent, LiveCall, LivePickup } from '../http/live-ports.ts';
import type { RingRecord } from '../pickup/ring-record.ts';

/** One printable line; null for what is not told. */
export function newsOf(event: HeardEvent): string | null {
  const text = sentenceOf(event);
  return text === null ? null : escapeUnprintable(text);
}

function sentenceOf(event: HeardEvent): string | null {
  switch (event.type) {
    case 'board': {
      const { ringing, missed } = event.data;
      return `${counted(ringing.length, 'call')} ringing${missed ? '; what came before was missed' : ''}`;
    }
    case 'ringing':
      return ringingSentence(event.data);
    case 'rung':
      return rungSentence(event.data);
    case 'pickup':
      return pickupSentence(event.data);
    case 'alert': {
      const { data: alert } = event;
      const told = alert.told.length === 0 ? 'nobody may take it' : `told ${alert.told.join(' ')}`;
      return `${callerOf(alert)} has been ringing on ${alert.extensions.join(' ')} for ${secondsOf(alert.rangMs)}, ${told}`;
    }
    case 'status': {
      const { ari, health, problems } = event.data;
      return `link to Asterisk ${ari}, ${health}${problems.map((problem) => `; ${problem}`).join('')}`;
    }
    case 'decision':
    case 'notice':
      return Object.entries(event.data)
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(' ');
    case 'dropped':
      return 'events came faster than they were read; the rest follows';
  }
}

interface Caller {
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly callerExtension?: string | null;
}

/** Number and name, as far as there is any. */
export function callerOf({ callerExtension = null, callerNumber, callerName }: Caller): string {
  const number = callerExtension ?? callerNumber ?? '';
  const words = [number, callerName === number ? '' : (callerName ?? '')].filter((word) => word !== '');
  return words.length === 0 ? 'unknown' : words.join(' ');
}

const secondsOf = (ms: number) => `${Math.round(ms / 1000)} s`;

function ringingSentence(call: LiveCall): string {
  if (call.legs.length === 0) return `${callerOf(call)} rings on no phone just now`;
  const phones = [...new Set(call.legs.map(({ extension }) => extension))];
  const dialled = call.dialled.length === 0 ? '' : ` for ${call.dialled.join(' > ')}`;
  const takers = call.mayTake.length === 0 ? '' : `, may be taken by ${call.mayTake.join(' ')}`;
  return `${callerOf(call)}${dialled} rings on ${phones.join(' ')}${takers}`;
}

function rungSentence(record: RingRecord): string {
  const by = record.answeredBy === null ? '' : ` by ${record.answeredBy}`;
  const from = record.takenFrom === null ? '' : ` from ${record.takenFrom}`;
  return `${callerOf(record)} ${record.outcome}${by}${from} after ${secondsOf(record.ringMs)}`;
}

function pickupSentence(pickup: LivePickup): string {
  const picker = pickup.picker ?? 'somebody unknown';
  if (pickup.outcome === 'won') {
    const rang = pickup.rangMs === null ? '' : ` after ${secondsOf(pickup.rangMs)}`;
    return `${picker} took ${callerOf(pickup)} from ${pickup.from ?? 'a phone'}${rang}`;
  }
  const aim = pickup.target === null ? pickup.kind : `${pickup.kind} ${pickup.target}`;
  const why = pickup.told ?? pickup.outcome;
  const by = pickup.takenBy === null ? '' : ` by ${pickup.takenBy}`;
  return `${picker} got nothing (${aim}): ${why}${by}`;
}

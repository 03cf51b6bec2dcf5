// Announcements that can be told apart by their exact bytes, so that a phone knows which one it heard.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One RTP packet of µ-law: 20 ms at 8,000 Hz. */
export const frameBytes = 160;
/** 0.3 s: long enough to be recognised, short enough for quick tests. */
export const framesPerSound = 15;
export const musicOnHold = 'music-on-hold';

/** The stock announcements that a refused call may hear. */
export const stockAnnouncements: readonly string[] = [
  'agent-pass',
  'auth-incorrect',
  'auth-thankyou',
  'beep',
  'beeperr',
  'cannot-complete-as-dialed',
  'feature-not-avail-line',
  'pbx-invalid',
  'privacy-incorrect',
  'ss-noservice',
];

/** Which announcement a frame belongs to, and its place in it (0 to `framesPerSound` - 1). */
export interface SoundFrame {
  readonly name: string;
  readonly index: number;
}

/** Recognises frames. Asterisk passes µ-law files to µ-law phones untouched, so equal bytes are enough. */
export type SoundBook = ReadonlyMap<string, SoundFrame>;

/** The key of an RTP payload in a `SoundBook`. */
export function frameKey(payload: Buffer): string {
  return payload.toString('latin1');
}

/** Writes `<folder>/<name>.ulaw` for each name and returns the book that recognises them. */
export function writeSounds(folder: string, names: readonly string[]): SoundBook {
  const book = new Map<string, SoundFrame>();
  for (const name of names) {
    const frames = Array.from({ length: framesPerSound }, (_, index) => soundFrame(name, index));
    const file = join(folder, `${name}.ulaw`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.concat(frames));
    frames.forEach((frame, index) => book.set(frameKey(frame), { name, index }));
  }
  return book;
}

/** The names that a dialplan plays by constant text. */
export function soundsNamedIn(dialplan: string): string[] {
  const calls = dialplan.matchAll(/\b(?:Playback|BackGround|ControlPlayback|Read)\(([^)]*)\)/gi);
  const names = [...calls].flatMap(([, args]) => (args ?? '').split(',')[0]?.split('&') ?? []);
  return names.map((name) => name.trim()).filter((name) => /^[\w/-]+$/.test(name));
}

function soundFrame(name: string, index: number): Buffer {
  const parts: Buffer[] = [];
  for (let part = 0; part * 32 < frameBytes; part += 1) {
    parts.push(createHash('sha256').update(`${name} ${index} ${part}`).digest());
  }
  return Buffer.concat(parts, frameBytes);
}

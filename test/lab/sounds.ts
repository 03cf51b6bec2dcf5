// Announcements that can be told apart by their exact bytes, so that a phone knows which one it heard.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One RTP packet of µ-law: 20 ms at 8,000 Hz. */
const frameBytes = 160;
/** 0.3 s: long enough to be recognised, short enough for quick tests. */
export const framesPerSound = 15;
export const musicOnHold = 'music-on-hold';
export const carrierVoice = 'carrier';

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

/** What a frame belongs to, and its place in it (0 to `framesPerSound` - 1). A voice is what a phone says. */
export interface SoundFrame {
  readonly kind: 'announcement' | 'music' | 'voice';
  readonly name: string;
  readonly index: number;
}

/** Recognises frames. Asterisk passes µ-law to µ-law phones untouched, so equal bytes are enough. */
export type SoundBook = ReadonlyMap<string, SoundFrame>;

/** The key of an RTP payload in a `SoundBook`. */
export function frameKey(payload: Buffer): string {
  return payload.toString('latin1');
}

/** The frames of a sound: distinct for each kind, name and place. */
export function soundFrames(kind: SoundFrame['kind'], name: string): Buffer[] {
  return Array.from({ length: framesPerSound }, (_, index) => {
    const seed = `${kind} ${name} ${index}`;
    const parts = Array.from({ length: frameBytes / 32 }, (_part, part) =>
      createHash('sha256').update(`${seed} ${part}`).digest(),
    );
    return Buffer.concat(parts);
  });
}

/** The book that recognises the named sounds of one kind. */
export function soundBook(kind: SoundFrame['kind'], names: readonly string[]): SoundBook {
  return new Map(
    names.flatMap((name) =>
      soundFrames(kind, name).map((frame, index) => [frameKey(frame), { kind, name, index }] as const),
    ),
  );
}

/** Writes a sound where Asterisk will find it, as `<folder>/<name>.ulaw`. */
export function writeSound(folder: string, kind: SoundFrame['kind'], name: string): void {
  const file = join(folder, `${name}.ulaw`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.concat(soundFrames(kind, name)));
}

/** The names that a dialplan plays by constant text. */
export function soundsNamedIn(dialplan: string): string[] {
  const calls = dialplan.matchAll(/\b(?:Playback|BackGround|ControlPlayback|Read)\(([^)]*)\)/gi);
  const names = [...calls].flatMap(([, args]) => (args ?? '').split(',')[0]?.split('&') ?? []);
  return names.map((name) => name.trim()).filter((name) => /^[\w/-]+$/.test(name));
}

// What a phone hears: announcements, voices and music, recognised by their bytes.
import { frameKey, framesPerSound, type SoundBook, type SoundFrame } from '../sounds.ts';

/** Beyond this nothing more is noted: a call that loops for ever must not eat the memory. */
const announcementsMax = 1000;

/** One announcement, from its first to its last frame that arrived. */
export interface Heard {
  readonly name: string;
  /** True when it came before the call was answered. */
  readonly early: boolean;
  /** True when its last frame arrived. */
  readonly complete: boolean;
}

export class Hearing {
  readonly announcements: Heard[] = [];
  /** Extensions (or `carrier`) whose voice came through. */
  readonly voices = new Set<string>();
  musicOnHold = false;
  /** µ-law packets of any kind. */
  packets = 0;
  readonly #book: SoundBook;
  #last: SoundFrame | null = null;

  constructor(book: SoundBook) {
    this.#book = book;
  }

  /** Notes one packet; returns true when it brought something new. */
  take(payload: Buffer, early: boolean): boolean {
    this.packets += 1;
    const frame = this.#book.get(frameKey(payload));
    if (frame === undefined) return false;
    switch (frame.kind) {
      case 'announcement':
        return this.#takeAnnouncement(frame, early);
      case 'music': {
        const isNew = !this.musicOnHold;
        this.musicOnHold = true;
        return isNew;
      }
      case 'voice': {
        const isNew = !this.voices.has(frame.name);
        this.voices.add(frame.name);
        return isNew;
      }
    }
  }

  /** Forgets all voices, to see whose comes through from now on. */
  forgetVoices(): void {
    this.voices.clear();
  }

  #takeAnnouncement(frame: SoundFrame, early: boolean): boolean {
    const complete = frame.index === framesPerSound - 1;
    const goesOn = this.#last?.name === frame.name && frame.index > this.#last.index;
    this.#last = frame;
    if (goesOn) {
      const current = this.announcements.at(-1);
      if (complete && current !== undefined) this.announcements.splice(-1, 1, { ...current, complete });
      return complete;
    }
    if (this.announcements.length >= announcementsMax) return false;
    this.announcements.push({ name: frame.name, early, complete });
    return true;
  }
}

// Changing what callers hear: a sound for each reason, for every language or for one.
import type { AnnouncementRow } from '../barring/policy.ts';
import { denyReasons, pinAnnouncements } from '../barring/reasons.ts';
import { AppError } from '../errors.ts';
import { deleteAnnouncement, readAnnouncements, writeAnnouncement } from '../store/announcements.ts';
import type { Store } from '../store/open.ts';
import {
  defaultSettings,
  isSettingKey,
  readSettings,
  settingKeys,
  type SettingKey,
} from '../store/settings.ts';
import { changePolicy, type AdminContext, type ChangeOutcome } from './change.ts';
import { nextStep } from './known-word.ts';
import { settingTable } from './setting-table.ts';
import { changeSettings } from './settings.ts';

/** Of Asterisk's core sounds (core-sounds-en.txt): those that fit a refusal, and what they say. */
export const stockSounds: Readonly<Record<string, string>> = {
  'cannot-complete-as-dialed': 'Your call cannot be completed as dialed.',
  'check-number-dial-again': 'Please check the number and dial again.',
  'feature-not-avail-line': 'This feature is not available on this line.',
  'ss-noservice': 'The number you have dialed is not in service.',
  'number-not-answering': 'The number is not answering.',
  'pbx-invalid': 'That is not a valid extension.',
  'privacy-incorrect': 'That number is not valid.',
  'agent-pass': 'Please enter your password, followed by the pound key.',
  'auth-incorrect': 'Password incorrect.',
  'im-sorry': 'I’m sorry.',
  'vm-goodbye': 'Goodbye.',
  beep: 'a beep',
  beeperr: 'the beep of an error',
};

/** What a caller hears of these sounds, joined by `&`; '' for recordings of one's own. */
export function wordsOfSounds(sound: string): string {
  const words = sound
    .split('&')
    .map((name) => (Object.hasOwn(stockSounds, name) ? (stockSounds[name] ?? '') : ''));
  return words.includes('') ? '' : words.join(' ');
}

const PREFIX = 'announcement-';
const SOUND_LENGTH_MAX = 200;
const LANGUAGE = /^[a-z]{2,3}(?:_[a-z0-9]{2,8}){0,2}$/;
const LANGUAGES_MAX = 100;
/** Asterisk looks for the format that fits the call by itself. */
const EXTENSION = /\.(?:wav|wav16|gsm|ulaw|ul|alaw|al|sln\d*|g722|g729|mp3|ogg|opus|siren7|siren14)$/i;

export interface ShownAnnouncement {
  readonly reason: string;
  /** Null for every language. */
  readonly language: string | null;
  readonly sound: string;
  /** What ships with Callwarden, or null for one language. */
  readonly standard: string | null;
  readonly heard: string;
}

/** Every reason, each with its languages behind it. */
export function listAnnouncements(store: Store): readonly ShownAnnouncement[] {
  const settings = readSettings(store);
  const byReason = Map.groupBy(readAnnouncements(store), ({ reason }) => reason);
  const shown: ShownAnnouncement[] = [];
  for (const key of announcementKeys()) {
    const reason = key.slice(PREFIX.length);
    const { help: heard } = settingTable[key];
    const standard = String(defaultSettings[key]);
    shown.push({ reason, language: null, sound: String(settings[key]), standard, heard });
    for (const { language, sound } of byReason.get(reason) ?? []) {
      shown.push({ reason, language, sound, standard: null, heard });
    }
  }
  return shown;
}

/** Sets the sound of a reason; for one language where it is named. */
export function setAnnouncement(
  context: AdminContext,
  word: string,
  sound: string,
  language: string | null,
): ChangeOutcome {
  const key = requireReason(word);
  const checked = readSound(sound);
  if (language === null) {
    return changePolicy(context, () => {
      const changed = changeSettings(context.store, new Map([[key, [checked === '' ? 'none' : checked]]]));
      return { ...changed, notices: [...(changed.notices ?? []), ...soundNotices(checked, null)] };
    });
  }
  const reason = requireLanguageReason(key);
  const name = readLanguage(language);
  return changePolicy(context, () => {
    const { store } = context;
    const rows = readAnnouncements(store);
    const before = rows.find((row) => row.reason === reason && row.language === name)?.sound ?? null;
    if (before === checked) return { changes: [] };
    refuseTooMany(rows, name);
    writeAnnouncement(store, { reason, language: name, sound: checked });
    const subject = `announcement ${reason} in ${name}`;
    return {
      changes: [{ action: 'announcement-changed', subject, before, after: checked }],
      notices: soundNotices(checked, language.trim()),
    };
  });
}

/** Gives a reason its shipped sound again; with a language, takes away what it has of its own. */
export function resetAnnouncement(
  context: AdminContext,
  word: string,
  language: string | null,
): ChangeOutcome {
  const key = requireReason(word);
  if (language === null) {
    const standard = String(defaultSettings[key]);
    return changePolicy(context, () => changeSettings(context.store, new Map([[key, [standard]]])));
  }
  const reason = requireLanguageReason(key);
  const name = readLanguage(language);
  return changePolicy(context, () => {
    const { store } = context;
    const row = readAnnouncements(store).find((one) => one.reason === reason && one.language === name);
    if (!row) return { changes: [] };
    deleteAnnouncement(store, reason, name);
    const subject = `announcement ${reason} in ${name}`;
    return { changes: [{ action: 'announcement-changed', subject, before: row.sound, after: null }] };
  });
}

function announcementKeys(): readonly SettingKey[] {
  return settingKeys.filter((key) => key.startsWith(PREFIX));
}

function requireReason(word: string): SettingKey {
  const reason = word.startsWith(PREFIX) ? word.slice(PREFIX.length) : word;
  const key = `${PREFIX}${reason}`;
  if (isSettingKey(key)) return key;
  const known = announcementKeys().map((name) => name.slice(PREFIX.length));
  const next = nextStep(reason, known, 'announcement list');
  throw new AppError('invalid', `There is no reason ${JSON.stringify(word)}. ${next}`);
}

/** Those of pickups are heard in one language only: the picker's channel is not asked for its own. */
function requireLanguageReason(key: SettingKey): string {
  const reason = key.slice(PREFIX.length);
  if (Object.hasOwn(denyReasons, reason) || Object.hasOwn(pinAnnouncements, reason)) return reason;
  throw new AppError(
    'invalid',
    `What is heard for ${reason} is the same in every language: Asterisk looks for the file of the channel's ` +
      'language by itself. Set it without --language.',
  );
}

function readLanguage(word: string): string {
  const name = word.trim().toLowerCase().replaceAll('-', '_');
  if (LANGUAGE.test(name)) return name;
  throw new AppError(
    'invalid',
    `--language takes a language as Asterisk writes it, fr or pt_BR, not ${JSON.stringify(word)}.`,
  );
}

function readSound(word: string): string {
  const sound = word.trim();
  if (sound === 'none' || sound === '') return '';
  const names = sound.split('&');
  const wrong = names.find((name) => !/^[\w-][\w./-]*$/.test(name) || name.includes('..'));
  if (wrong !== undefined || sound.length > SOUND_LENGTH_MAX) {
    throw new AppError(
      'invalid',
      `${JSON.stringify(wrong ?? sound)} is no name of an Asterisk sound: letters, digits, "-", "_" and "/", ` +
        'several joined by "&", or none for silence.',
    );
  }
  const withEnding = names.find((name) => EXTENSION.test(name));
  if (withEnding === undefined) return sound;
  throw new AppError(
    'invalid',
    `Write ${withEnding.replace(EXTENSION, '')} without its ending: Asterisk takes the format that fits the call.`,
  );
}

function refuseTooMany(rows: readonly AnnouncementRow[], name: string): void {
  const languages = new Set(rows.map(({ language }) => language)).add(name);
  if (languages.size <= LANGUAGES_MAX) return;
  throw new AppError('invalid', `There would be more than ${LANGUAGES_MAX} languages. Reset old ones.`);
}

/** Where the files of sounds belong that Asterisk does not ship. */
function soundNotices(sound: string, language: string | null): readonly string[] {
  const own = sound.split('&').filter((name) => name !== '' && !Object.hasOwn(stockSounds, name));
  if (own.length === 0) return [];
  const folder = `sounds/${language ?? '<language>'}`;
  return [
    `If ${own.join(' and ')} is a recording of your own, put it into ${folder} below Asterisk’s data directory ` +
      `(/var/lib/asterisk or /usr/share/asterisk), as ${own[0] ?? ''}.wav: 8,000 Hz, 16 bit, mono.`,
  ];
}

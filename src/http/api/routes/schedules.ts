// `/schedules`, `/announcements` and `/numbering`: when calls are open, what callers hear, and the numbering data.
import { z } from '@hono/zod-openapi';
import {
  listAnnouncements,
  resetAnnouncement,
  setAnnouncement,
  stockSounds,
} from '../../../admin/announcements.ts';
import { acceptNumbering, numberingState } from '../../../admin/numbering.ts';
import { scheduleState, scheduleStates } from '../../../admin/schedule-state.ts';
import { removeSchedule, scheduleUsers, setSchedule } from '../../../admin/schedules.ts';
import { momentForm, outcomeForm, PAGE_ROWS_MAX, pageQuery, wholeWord } from '../forms.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

const name = z.string().min(1).max(100);
const scheduleFields = {
  timeZone: z.string().max(100).optional(),
  open: z
    .array(z.string().max(100))
    .max(50)
    .optional()
    .meta({ description: '`mon-fri 08:00-18:30`, `daily 22:00-06:00`.' }),
  holidays: z
    .array(z.string().max(20))
    .max(200)
    .optional()
    .meta({ description: '`2026-12-25`, or `12-25` for every year.' }),
};

const scheduleForm = z
  .strictObject({
    name: z.string(),
    timeZone: z.string(),
    open: z.array(z.string()).readonly(),
    holidays: z.array(z.string()).readonly(),
    isOpen: z.boolean(),
    nextChangeMs: momentForm.nullable(),
    users: z
      .array(z.string())
      .readonly()
      .meta({ description: '`the organisation`, `group sales`, `extension 1001`, …' }),
  })
  .meta({ id: 'Schedule' });

/** Of everything that keeps to a schedule, as much is told. */
const USERS_MAX = 100;

const usersOf = (store: Store, schedule: string) => scheduleUsers(store, schedule).slice(0, USERS_MAX);

/** Without what the clock changes. */
const guardedSchedule = (store: Store, schedule: string, nowMs: number) => {
  const { isOpen: _isOpen, nextChangeMs: _nextChangeMs, ...kept } = scheduleState(store, schedule, nowMs);
  return kept;
};

const params = z.strictObject({ name });

const scheduleRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/schedules',
    tag: 'Schedules',
    summary: 'All schedules, and which of them are open now',
    needs: ['policy.read'],
    answer: z.strictObject({ schedules: z.array(scheduleForm).readonly() }),
    handle: ({ store, nowMs }) => ({
      schedules: scheduleStates(store, nowMs).map((state) =>
        Object.assign({ users: usersOf(store, state.name) }, state),
      ),
    }),
  }),
  route({
    method: 'get',
    path: '/schedules/{name}',
    tag: 'Schedules',
    summary: 'The windows and holidays of one schedule',
    needs: ['policy.read'],
    params,
    answer: scheduleForm
      .omit({ isOpen: true, nextChangeMs: true, users: true })
      .meta({ id: 'ScheduleTerms' }),
    tagged: true,
    handle: ({ store, params: { name: wanted }, nowMs }) => guardedSchedule(store, wanted, nowMs),
  }),
  route({
    method: 'post',
    path: '/schedules',
    tag: 'Schedules',
    summary: 'Add a schedule',
    needs: ['system.write'],
    body: z.strictObject({ name, ...scheduleFields }),
    answer: outcomeForm,
    handle: ({ change, body: { name: wanted, ...words } }) => setSchedule(change, wanted, words, true),
  }),
  route({
    method: 'patch',
    path: '/schedules/{name}',
    tag: 'Schedules',
    summary: 'Change a schedule; what is given is replaced as a whole',
    needs: ['system.write'],
    params,
    body: z.strictObject(scheduleFields),
    answer: outcomeForm,
    guards: ({ store, params: { name: wanted }, nowMs }) => guardedSchedule(store, wanted, nowMs),
    handle: ({ change, params: { name: wanted }, body }) => setSchedule(change, wanted, body, false),
  }),
  route({
    method: 'delete',
    path: '/schedules/{name}',
    tag: 'Schedules',
    summary: 'Take a schedule away that nothing keeps to',
    needs: ['system.write'],
    params,
    answer: outcomeForm,
    guards: ({ store, params: { name: wanted }, nowMs }) => guardedSchedule(store, wanted, nowMs),
    handle: ({ change, params: { name: wanted } }) => removeSchedule(change, wanted),
  }),
];

const announcementForm = z
  .strictObject({
    reason: z.string(),
    language: z.string().nullable().meta({ description: 'Null for every language.' }),
    sound: z.string().meta({ description: 'Empty for silence.' }),
    standard: z.string().nullable().meta({ description: 'The one that is shipped.' }),
    heard: z.string(),
  })
  .meta({ id: 'Announcement' });

const language = z.string().min(2).max(20);
const announcements = (store: Store) => ({ announcements: listAnnouncements(store) });

const announcementRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/announcements',
    tag: 'Announcements',
    summary: 'The sound of each reason, for every language and for single ones',
    needs: ['policy.read'],
    answer: z.strictObject({
      announcements: z.array(announcementForm).readonly(),
    }),
    tagged: true,
    handle: ({ store }) => announcements(store),
  }),
  route({
    method: 'get',
    path: '/announcements/sounds',
    tag: 'Announcements',
    summary: 'Sounds that Asterisk ships and that fit, and what they say',
    needs: ['policy.read'],
    answer: z.strictObject({ sounds: z.record(z.string(), z.string()) }),
    handle: () => ({ sounds: stockSounds }),
  }),
  route({
    method: 'put',
    path: '/announcements/{reason}',
    tag: 'Announcements',
    summary: 'Set the sound of a reason, or with null take the shipped one',
    needs: ['system.write'],
    params: z.strictObject({ reason: z.string().max(60) }),
    body: z.strictObject({
      sound: z
        .string()
        .max(200)
        .nullable()
        .meta({ description: 'Names of sounds joined by `&`; `none` for silence.' }),
      language: language.nullable().default(null),
    }),
    answer: outcomeForm,
    guards: ({ store }) => announcements(store),
    handle: ({ change, params: { reason }, body }) =>
      body.sound === null
        ? resetAnnouncement(change, reason, body.language)
        : setAnnouncement(change, reason, body.sound, body.language),
  }),
];

const versions = z.record(z.string(), z.string());

const numberingForm = z.strictObject({
  versions,
  accepted: z
    .strictObject({ atMs: momentForm, versions, count: z.int() })
    .nullable()
    .meta({ description: 'Null where nothing was accepted yet.' }),
  differences: z
    .array(
      z
        .strictObject({
          text: z.string(),
          touches: z.array(z.string()).readonly().meta({ description: 'What of the policy it touches.' }),
        })
        .meta({ id: 'NumberingDifference' }),
    )
    .max(PAGE_ROWS_MAX)
    .readonly(),
  next: z.string().nullable(),
});

const numberingRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/numbering',
    tag: 'Numbering data',
    summary: 'The numbering data in use, and what differs from the data that was accepted',
    needs: ['policy.read'],
    query: z.strictObject({
      limit: pageQuery.limit,
      cursor: wholeWord(0, Number.MAX_SAFE_INTEGER).default(0),
    }),
    answer: numberingForm,
    handle: ({ store, query: { limit, cursor } }) => {
      const { versions: inUse, accepted } = numberingState(store);
      const all = accepted?.differences ?? [];
      return {
        versions: inUse,
        accepted: accepted && { atMs: accepted.atMs, versions: accepted.versions, count: all.length },
        differences: all.slice(cursor, cursor + limit).map(({ text, touches }) => ({ text, touches })),
        next: cursor + limit < all.length ? String(cursor + limit) : null,
      };
    },
  }),
  route({
    method: 'post',
    path: '/numbering/accept',
    tag: 'Numbering data',
    summary: 'Keep the data in use as what the policy fits',
    needs: ['system.write'],
    answer: z.strictObject({
      differences: z
        .int()
        .nullable()
        .meta({ description: 'From what was accepted before; null for nothing.' }),
    }),
    handle: ({ change }) => ({ differences: acceptNumbering(change)?.differences.length ?? null }),
  }),
];

export const scheduleAndSoundRoutes: readonly Route[] = [
  ...scheduleRoutes,
  ...announcementRoutes,
  ...numberingRoutes,
];

export type Schedule = z.output<typeof scheduleForm>;
export type Announcement = z.output<typeof announcementForm>;
export type Numbering = z.output<typeof numberingForm>;

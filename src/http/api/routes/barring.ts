// `/barring` and `/preview`: the organisation's barring changed as a whole, and what a change of it would do.
import { z } from '@hono/zod-openapi';
import { changeBarring, showBarring } from '../../../admin/barring-proposal.ts';
import { listedLevels } from '../../../admin/level-file.ts';
import { previewBarring } from '../../../admin/preview.ts';
import { levelNames, premiumClasses } from '../../../barring/policy.ts';
import { outcomeForm } from '../forms.ts';
import { countryRow, decisions, regionWords } from '../region-forms.ts';
import { route, type Route } from '../route.ts';
import { settingForm, settingWords } from './settings.ts';

/** Each with a reason of its own. */
const PLACES_MAX = 300;

const proposal = z
  .strictObject({
    settings: settingWords.optional(),
    level: z.enum(levelNames).optional(),
    premium: z
      .array(z.enum(premiumClasses))
      .max(premiumClasses.length)
      .optional()
      .meta({ description: 'The classes that are on afterwards; the others are off.' }),
    countries: decisions.optional(),
    places: z
      .array(
        z.strictObject({
          regions: regionWords,
          level: z.enum(listedLevels).nullable(),
          reason: z.string().max(300).optional(),
        }),
      )
      .max(PLACES_MAX)
      .optional()
      .meta({ description: 'Countries that go into the list of a level; null: into none.' }),
  })
  .meta({ id: 'BarringProposal', description: 'What is not named stays as it is.' });

const items = z.array(z.string()).readonly();
const moves = {
  loses: items,
  gains: items,
  pin: items.meta({ description: 'Calls that will ask for a PIN.' }),
};

const effect = z
  .strictObject({
    known: z.int().meta({ description: 'Extensions that the policy names.' }),
    concerned: z.int().meta({ description: 'Extensions for which anything is different.' }),
    people: z
      .array(z.strictObject({ ...moves, count: z.int(), extensions: z.array(z.string()).readonly() }))
      .readonly()
      .meta({ description: 'Those with the same losses and gains together, the first ones by name.' }),
    others: z.int().meta({ description: 'Concerned, and not among `people`.' }),
    unexamined: z.int(),
    items: z
      .array(z.strictObject({ item: z.string(), lose: z.int(), gain: z.int(), pin: z.int() }))
      .readonly()
      .meta({ description: 'Extensions that lose and gain each.' }),
    unknown: z.strictObject(moves).meta({ description: 'For extensions that the policy does not name.' }),
  })
  .meta({
    id: 'PreviewedEffect',
    description:
      'Items are regions by code, `premium:<class>` for numbers at home that cost extra, and `home:<kind>` for others there.',
  });

const barring = z.strictObject({
  settings: z.array(settingForm).readonly(),
  countries: z.array(countryRow).readonly(),
  places: z
    .array(z.strictObject({ region: z.string(), level: z.enum(listedLevels), reason: z.string() }))
    .readonly()
    .meta({ description: 'The lists of the levels. What stands in none is opened by open alone.' }),
});

const preview = outcomeForm.extend({
  effect,
  observed: z.boolean().meta({ description: 'The mode is observe: the effect is that of enforcing.' }),
});

export type Barring = z.output<typeof barring>;
export type BarringProposal = z.input<typeof proposal>;
export type BarringPreview = z.output<typeof preview>;

export const barringRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/barring',
    tag: 'Barring',
    summary: 'Settings, countries and lists of the levels together',
    needs: ['policy.read'],
    answer: barring,
    tagged: true,
    handle: ({ store }) => showBarring(store),
  }),
  route({
    method: 'patch',
    path: '/barring',
    tag: 'Barring',
    summary: 'Change settings, level, premium classes and countries, all or none',
    needs: ['system.write'],
    body: proposal,
    answer: outcomeForm,
    guards: ({ store }) => showBarring(store),
    handle: ({ change, body }) => changeBarring(change, body),
  }),
  route({
    method: 'post',
    path: '/preview',
    tag: 'Barring',
    summary: 'What such a change would do, without making it',
    description:
      'The changes and notices are those of the change itself. The effect compares who may call what before and after.',
    needs: ['policy.read', 'system.write'],
    body: proposal,
    answer: preview,
    handle: ({ store, body, nowMs }) => previewBarring(store, body, nowMs),
  }),
];

// `/countries`, `/levels` and `/premium`: where calls may go, as the organisation or one group has it.
import { z } from '@hono/zod-openapi';
import { decideCountries, readDecisions } from '../../../admin/countries.ts';
import { countryTable } from '../../../admin/country-list.ts';
import { listedLevels } from '../../../admin/level-file.ts';
import { listLevels, showLevel } from '../../../admin/level-list.ts';
import { placeInLevel, setLevel } from '../../../admin/levels.ts';
import type { LayerOwner } from '../../../admin/open-regions.ts';
import { changePremium, showPremium } from '../../../admin/premium.ts';
import { levelNames, premiumClasses } from '../../../barring/policy.ts';
import { outcomeForm } from '../forms.ts';
import type { Store } from '../ports.ts';
import { countryForm, decisions, regionWords } from '../region-forms.ts';
import { route, type Route } from '../route.ts';

const ofGroup = z.strictObject({
  group: z.string().max(100).optional().meta({ description: 'As the members of one group have it.' }),
});

const shown = (store: Store, group: string | undefined, nowMs: number) => {
  const owner: LayerOwner = group === undefined ? { kind: 'organisation' } : { kind: 'group', name: group };
  return { countries: countryTable(store, owner, nowMs) };
};

const countryRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/countries',
    tag: 'Countries',
    summary: 'Every country and region, whether it is open, and what opens or closes it',
    needs: ['policy.read'],
    query: ofGroup,
    answer: z.strictObject({ countries: z.array(countryForm).readonly() }),
    tagged: true,
    handle: ({ store, query, nowMs }) => shown(store, query.group, nowMs),
  }),
  route({
    method: 'patch',
    path: '/countries',
    tag: 'Countries',
    summary: 'Allow, deny and reset countries, all or none',
    needs: ['system.write'],
    query: ofGroup,
    body: decisions,
    answer: outcomeForm,
    guards: ({ store, query, nowMs }) => shown(store, query.group, nowMs),
    handle: ({ change, body, query }) => decideCountries(change, readDecisions(body), query.group ?? null),
  }),
];

const levelRow = z
  .strictObject({
    level: z.enum(levelNames),
    countries: z.int(),
    regions: z.array(z.string()).readonly(),
    holds: z.boolean().meta({ description: 'It is the organisation’s.' }),
    opens: z.string(),
  })
  .meta({ id: 'Level' });

const levelCountry = z
  .strictObject({
    region: z.string(),
    name: z.string(),
    level: z.enum(listedLevels).nullable().meta({ description: 'The list in which it stands.' }),
    neighbour: z.boolean().meta({ description: 'Of the home region: it counts one level lower.' }),
    reason: z.string(),
    shipped: z
      .strictObject({ level: z.enum(listedLevels), reason: z.string() })
      .nullable()
      .meta({ description: 'Where the lists have it that come with Callwarden.' }),
  })
  .meta({ id: 'LevelCountry' });

const levels = (store: Store) => ({ levels: listLevels(store) });

const levelRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/levels',
    tag: 'Levels',
    summary: 'The barring levels, and how many countries each opens',
    needs: ['policy.read'],
    answer: z.strictObject({ levels: z.array(levelRow).readonly() }),
    tagged: true,
    handle: ({ store }) => levels(store),
  }),
  route({
    method: 'patch',
    path: '/levels',
    tag: 'Levels',
    summary: 'Set the level of the organisation',
    needs: ['system.write'],
    body: z.strictObject({ holds: z.enum(levelNames) }),
    answer: outcomeForm,
    guards: ({ store }) => levels(store),
    handle: ({ change, body }) => setLevel(change, { kind: 'organisation' }, body.holds).outcome,
  }),
  route({
    method: 'get',
    path: '/levels/{level}',
    tag: 'Levels',
    summary: 'The countries that a level opens, each with its reason',
    needs: ['policy.read'],
    params: z.strictObject({ level: z.enum(levelNames) }),
    answer: z.strictObject({ level: z.enum(levelNames), countries: z.array(levelCountry).readonly() }),
    handle: ({ store, params }) => ({ level: params.level, countries: showLevel(store, params.level) }),
  }),
  route({
    method: 'post',
    path: '/levels/places',
    tag: 'Levels',
    summary: 'Put countries into the list of a level, or with null into none',
    needs: ['system.write'],
    body: z.strictObject({
      regions: regionWords,
      level: z.enum(listedLevels).nullable(),
      reason: z.string().max(300).optional(),
    }),
    answer: outcomeForm,
    handle: ({ change, body }) => placeInLevel(change, body.regions, body.level, body.reason?.trim()),
  }),
];

const someClasses = z.array(z.enum(premiumClasses)).min(1).max(premiumClasses.length);

const premiumRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/premium',
    tag: 'Premium',
    summary: 'The classes of numbers that cost extra',
    needs: ['policy.read'],
    answer: z.strictObject({
      premium: z.boolean().meta({ description: 'All classes are on.' }),
      protection: z.boolean(),
      classes: z
        .array(z.strictObject({ class: z.enum(premiumClasses), on: z.boolean(), holds: z.string() }))
        .readonly(),
    }),
    tagged: true,
    handle: ({ store }) => showPremium(store),
  }),
  route({
    method: 'patch',
    path: '/premium',
    tag: 'Premium',
    summary: 'Switch classes on and off, all or none',
    needs: ['system.write'],
    body: z.strictObject({ on: someClasses.optional(), off: someClasses.optional() }),
    answer: outcomeForm,
    guards: ({ store }) => showPremium(store),
    handle: ({ change, body }) => changePremium(change, body.on ?? [], body.off ?? []),
  }),
];

export const destinationRoutes: readonly Route[] = [...countryRoutes, ...levelRoutes, ...premiumRoutes];

export type Level = z.output<typeof levelRow>;
export type LevelCountry = z.output<typeof levelCountry>;

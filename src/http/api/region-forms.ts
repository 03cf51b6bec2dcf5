// Forms of countries and regions that several routes share.
import { z } from '@hono/zod-openapi';

/** All regions that there are, and some to spare. */
const REGIONS_MAX = 300;
const state = z.enum(['allow', 'deny']);

export const regionWords = z
  .array(z.string().min(1).max(60))
  .min(1)
  .max(REGIONS_MAX)
  .meta({ description: 'ISO codes, codes of no country (`+870`), or English names.' });

export const decisions = z
  .strictObject({
    allow: regionWords.optional(),
    deny: regionWords.optional(),
    reset: regionWords
      .optional()
      .meta({ description: 'Neither allowed nor denied by name: the level decides about them.' }),
  })
  .meta({ id: 'CountryDecisions' });

export const countryRow = z.strictObject({ region: z.string(), state }).meta({ id: 'CountryDecision' });

export const countryForm = z
  .strictObject({
    region: z.string(),
    name: z.string().meta({ description: 'English.' }),
    callingCode: z.string(),
    continent: z.enum(['africa', 'americas', 'asia', 'europe', 'oceania', 'none']),
    sharedWith: z
      .array(z.string())
      .readonly()
      .meta({ description: 'The other regions behind the calling code.' }),
    risk: z.enum(['low', 'medium', 'high']).nullable().meta({
      description: 'The list of the levels in which it stands; null: the level open alone opens it.',
    }),
    state: state.nullable().meta({ description: 'Said by name; null for nothing.' }),
    open: z.boolean(),
    from: z.strictObject({
      by: z.enum(['home', 'country', 'level']),
      layer: z.string(),
      level: z.string().nullable(),
    }),
  })
  .meta({ id: 'Country' });

export type Country = z.output<typeof countryForm>;

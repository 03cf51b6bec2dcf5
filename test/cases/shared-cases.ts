// The shared tables of dialled strings, read by the form that their README describes.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const row = z.object({
  id: z.string(),
  home: z.string(),
  idd: z.string(),
  outsidePrefix: z.string(),
  ndd: z.string(),
  policy: z.object({
    allowedCountries: z.array(z.string()),
    premium: z.boolean(),
    extensionInternational: z.boolean(),
  }),
  dialed: z.string(),
  expect: z.enum(['allow', 'not-international', 'deny']),
  kind: z.string().optional(),
  class: z.string(),
  why: z.string(),
});

export type SharedCase = z.infer<typeof row>;

/** Throws where a row has another form. */
export function loadCases(name: 'manuals.json' | 'adversarial.json'): readonly SharedCase[] {
  return z.array(row).parse(JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')));
}

const group = z.object({
  class: z.string(),
  plan: z.string(),
  allowed: z.string(),
  expect: z.enum(['allow', 'not-international', 'deny', 'emergency']),
  dialled: z.array(z.string()).min(1),
});

export type FurtherGroup = z.infer<typeof group>;

/** Throws where a group has another form. */
export function loadFurther(): readonly FurtherGroup[] {
  return z.array(group).parse(JSON.parse(readFileSync(new URL('further.json', import.meta.url), 'utf8')));
}

/** The numbering plan that `DE 00 0` stands for: home, international prefix and, where there is one, outside prefix. */
export function planOf(words: string): {
  homeRegion: string;
  internationalPrefixes: string[];
  outsidePrefixes: string[];
} {
  const [homeRegion = '', prefix = '', outside] = words.split(' ');
  return {
    homeRegion,
    internationalPrefixes: [prefix],
    outsidePrefixes: outside === undefined ? [] : [outside],
  };
}

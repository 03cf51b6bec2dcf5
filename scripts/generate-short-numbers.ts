// Writes src/numbering/short-numbers.json from google-libphonenumber: run it after each update of that package.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { expandPattern } from '../src/numbering/digit-pattern.ts';

/** Fields of a region in google-libphonenumber's short number data (phonemetadata.proto). */
const field = {
  tollFree: 4,
  premium: 5,
  emergency: 27,
  shortCode: 29,
  standard: 30,
  sms: 33,
} as const;

/** No region has more emergency numbers than this; more would be a pattern misread. */
const emergencyNumbersMax = 2000;

const require = createRequire(import.meta.url);
// The package has no types: what is used of it is checked here, and so is its layout.
const library = z
  .object({
    shortnumbermetadata: z.object({ countryToMetadata: z.record(z.string(), z.array(z.unknown())) }),
  })
  .parse(require('google-libphonenumber'));
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(require.resolve('google-libphonenumber/package.json'), 'utf8')));

const regions = Object.entries(library.shortnumbermetadata.countryToMetadata)
  .map(([region, plan]) => [region, row(plan)] as const)
  .sort(([left], [right]) => left.localeCompare(right));

const header = {
  attribution:
    'Short number data of libphonenumber, Copyright The Libphonenumber Authors, Apache License 2.0, ' +
    'taken from the package google-libphonenumber; emergency patterns are written out as numbers.',
  package: 'google-libphonenumber',
  version,
};
const lines = regions.map(([region, data]) => `    ${JSON.stringify(region)}: ${JSON.stringify(data)}`);
const target = new URL('../src/numbering/short-numbers.json', import.meta.url);
writeFileSync(
  target,
  `${JSON.stringify(header, null, 2).slice(0, -2)},\n  "regions": {\n${lines.join(',\n')}\n  }\n}\n`,
);
console.log(`${regions.length} regions from google-libphonenumber ${version}`);

function row(plan: readonly unknown[]): Record<string, unknown> {
  const emergency = pattern(plan, field.emergency);
  return {
    emergency: emergency === null ? [] : expandPattern(emergency, emergencyNumbersMax),
    short: pattern(plan, field.shortCode),
    free: pattern(plan, field.tollFree),
    standard: pattern(plan, field.standard),
    premium: pattern(plan, field.premium),
    sms: pattern(plan, field.sms),
  };
}

function pattern(plan: readonly unknown[], index: number): string | null {
  const description = plan[index];
  const source: unknown = Array.isArray(description) ? description[2] : null;
  return typeof source === 'string' && source !== '' ? source : null;
}

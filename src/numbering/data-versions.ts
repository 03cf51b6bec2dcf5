// Which numbering data the decisions stand on: data ages, so `status` and `check` name it.
import library from 'libphonenumber-js/package.json' with { type: 'json' };
import { supplementDate } from './home-supplement.ts';
import { shortNumbersVersion } from './short-numbers.ts';

/** Source -> version of the numbering data in use. */
export function dataVersions(): Readonly<Record<string, string>> {
  return {
    numbers: `libphonenumber-js ${library.version}`,
    shortNumbers: shortNumbersVersion,
    supplement: supplementDate,
  };
}

// The order of the test files: the long ones first, so that no worker is left alone with one at the end.
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By measured time; whatever else is not quick stands in the folders below. */
const LONGEST = [
  'test/main-path/hostile-numbers.test.ts',
  'test/cli/documents.test.ts',
  'test/simulate/simulate.test.ts',
];

/** Folders whose files start programs, drive a browser or place calls; all others are done in a few seconds each. */
const SLOW = ['main-path', 'faults', 'asterisk', 'service', 'browser', 'simulate', 'cli', 'scripts'];

/** The lower, the earlier. */
function rankOf({ moduleId, project }: TestSpecification): number {
  const file = relative(project.config.root, moduleId);
  const long = LONGEST.indexOf(file);
  if (long !== -1) return long;
  const slow = SLOW.findIndex((folder) => file.startsWith(`test/${folder}/`));
  return LONGEST.length + (slow === -1 ? SLOW.length : slow);
}

/** Among files of one rank the order stays vitest's own: failed ones first, then the longer by its last run, or by size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

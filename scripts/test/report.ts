// What vitest's JSON report says of a run, counted file by file, so that a second run of some files can take the place of the first.

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

export interface VitestReport {
  readonly testResults: readonly FileResult[];
}

export interface Counts {
  readonly passed: number;
  /** Failed tests, and files that failed outside of their tests. */
  readonly failed: number;
  /** Tests of one line of Asterisk, or of a tool that is not there. */
  readonly skipped: number;
}

const withStatus = (file: FileResult, ...statuses: readonly string[]): number =>
  file.assertionResults.filter(({ status }) => statuses.includes(status)).length;

/** A file that failed although none of its tests did: at its import, or in a hook round them. */
const broken = (file: FileResult): boolean => file.status === 'failed' && withStatus(file, 'failed') === 0;

/** The files in which something failed, a test or a hook round the tests, as vitest names them. */
export function failedFiles({ testResults }: VitestReport): readonly string[] {
  return testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** The report of a run in which some files were run a second time: what they did then stands. */
export function joined(first: VitestReport, second: VitestReport): VitestReport {
  const again = new Map(second.testResults.map((file) => [file.name, file]));
  return { testResults: first.testResults.map((file) => again.get(file.name) ?? file) };
}

export function counts({ testResults }: VitestReport): Counts {
  const sum = (of: (file: FileResult) => number): number =>
    testResults.reduce((total, file) => total + of(file), 0);
  return {
    passed: sum((file) => withStatus(file, 'passed')),
    failed: sum((file) => withStatus(file, 'failed') + (broken(file) ? 1 : 0)),
    skipped: sum((file) => (broken(file) ? 0 : withStatus(file, 'pending', 'skipped', 'todo', 'disabled'))),
  };
}

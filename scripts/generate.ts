// Writes the files of the repository that are made from the code: the sample dialplan, bash's completion, and documents.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiDocument } from './generate/api.ts';
import { commandsDocument } from './generate/commands.ts';
import { bashCompletion } from './generate/completion.ts';
import { sampleCallwardenConf } from './generate/dialplan.ts';
import { metricsDocument } from './generate/metrics.ts';
import { reasonsDocument } from './generate/reasons.ts';

const root = join(import.meta.dirname, '..');

/** Path in the repository -> what must stand there. */
export const generated: Readonly<Record<string, () => string>> = {
  'config/bash-completion/callwarden': bashCompletion,
  'dialplan/callwarden.conf': sampleCallwardenConf,
  'docs/api.md': apiDocument,
  'docs/commands.md': commandsDocument,
  'docs/metrics.md': metricsDocument,
  'docs/reasons.md': reasonsDocument,
};

if (import.meta.main) {
  for (const [path, text] of Object.entries(generated)) {
    const file = join(root, path);
    const wanted = text();
    if (readOrEmpty(file) === wanted) continue;
    writeFileSync(file, wanted);
    console.log(`wrote ${path}`);
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

// `npm run mutants [words of a name]`: makes one line wrong at a time and fails where no test finds it.
import { argv } from 'node:process';
import { mutants } from './mutants/table.ts';
import { openWorkshop, timesFound } from './mutants/workshop.ts';

const wanted = argv.slice(2).join(' ');
const chosen = mutants.filter(({ name }) => name.includes(wanted));
const stale = chosen.filter((mutant) => timesFound(mutant) !== 1);
for (const { name, file } of stale) console.log(`stale     ${name}: its text does not stand once in ${file}`);

using workshop = openWorkshop();
const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests))];
const whole = await workshop.runTests(tests);
// A test that fails anyway would catch everything.
if (whole.fate !== 'survived') {
  console.log(`These tests fail without any mutant: ${whole.failed.join('; ')}\n${whole.output}`);
}

const escaped: string[] = [];
if (whole.fate === 'survived') {
  for (const mutant of chosen.filter((one) => !stale.includes(one))) {
    const { fate, failed, output } = await workshop.runMutant(mutant);
    console.log(
      `${fate.padEnd(9)} ${mutant.name}${fate === 'caught' ? `: ${failed.length} tests fail` : ''}`,
    );
    if (fate === 'broken') console.log(output);
    if (fate !== 'caught') escaped.push(mutant.name);
  }
}
const caught = chosen.length - escaped.length - stale.length;
const isClean = whole.fate === 'survived' && escaped.length === 0 && stale.length === 0 && chosen.length > 0;
console.log(isClean ? `mutants: ${caught} of ${chosen.length} caught` : 'mutants: failed');
process.exitCode = isClean ? 0 : 1;

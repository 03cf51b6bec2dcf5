// docs/commands.md, from the commands themselves.
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.ts';
import { commands } from '../../src/cli/commands.ts';

export function commandsDocument(): string {
  const program = buildProgram('', commands);
  const chapters = program.commands.flatMap((command) => chapter(command, '##'));
  return `# Commands

Made from the commands themselves by \`node scripts/generate.ts\`. Options that hold everywhere:
\`--config <file>\` names the configuration file, \`--database <file>\` the policy database without one.
Exit status: 0 fine, 1 failed, 2 wrong usage, 3 denied (\`check\`), 4 replaced by another daemon (\`run\`).

${chapters.join('\n')}`;
}

function chapter(command: Command, level: string): string[] {
  if (command.commands.length > 0) {
    return [
      `${level} ${path(command)}\n\n${sentence(command)}\n`,
      ...command.commands.flatMap((each) => chapter(each, `${level}#`)),
    ];
  }
  const argumentsOf = command.registeredArguments.map((each) => {
    const name = each.variadic ? `${each.name()}…` : each.name();
    return each.required ? ` <${name}>` : ` [${name}]`;
  });
  const options = command.options.map(({ flags, description }) => `- \`${flags}\` ${description}`);
  return [
    `${level} ${path(command)}${argumentsOf.join('')}\n\n${sentence(command)}\n`,
    ...(options.length > 0 ? [`${options.join('\n')}\n`] : []),
  ];
}

function path(command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each?.parent; each = each.parent) names.unshift(each.name());
  return names.join(' ');
}

function sentence(command: Command): string {
  const text = command.description();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

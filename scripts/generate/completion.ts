// config/bash-completion/callwarden, from the commands themselves: what bash offers at the tab key.
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.ts';
import { commands } from '../../src/cli/commands.ts';

/** One `case` of the words that may follow: subcommands where there are some, else options. Files are bash's own. */
export function bashCompletion(): string {
  const program = buildProgram('', commands);
  const cases = casesOf(program, program.name());
  return `# What bash offers for callwarden at the tab key; made by \`node scripts/generate.ts\`. Copy it to
# /usr/share/bash-completion/completions/callwarden.
_callwarden_words() {
  case $1 in
${cases.map(([path, words]) => `    ${JSON.stringify(path)}) echo "${words.join(' ')}" ;;`).join('\n')}
  esac
}

_callwarden() {
  local path=callwarden word words i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == --config || $word == --database ]]; then
      ((i++))
    elif [[ $word != -* && -n $(_callwarden_words "$path $word") ]]; then
      path="$path $word"
    fi
  done
  words=$(_callwarden_words "$path")
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _callwarden callwarden
`;
}

function casesOf(command: Command, path: string): readonly (readonly [string, readonly string[]])[] {
  const names = command.commands.map((each) => each.name());
  const options = command.options.flatMap(({ long }) => long ?? []);
  const inside = command.commands.flatMap((each) => casesOf(each, `${path} ${each.name()}`));
  return [[path, [...names, ...options, '--help']], ...inside];
}

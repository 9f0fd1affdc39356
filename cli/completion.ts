import type { Command } from 'commander';

/** A command and the words that can follow it. */
interface Words {
  /** The names up to it, such as `traces list`. */
  readonly path: string;
  readonly subcommands: readonly string[];
  readonly options: ReadonlyArray<{ readonly flag: string; readonly description: string; readonly choices: readonly string[] }>;
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script for the completion of commands, options and their choices, made from the commands themselves. */
export function completionOf(program: Command, shell: Shell): string {
  const words = wordsOf(program, '');
  return shell === 'fish' ? fish(program.name(), words) : bash(program.name(), words, shell);
}

function wordsOf(command: Command, path: string): readonly Words[] {
  const own: Words = {
    path,
    subcommands: command.commands.map((each) => each.name()),
    options: command.options.flatMap(({ long, description, argChoices = [] }) =>
      typeof long === 'string' ? [{ flag: long, description, choices: argChoices }] : [],
    ),
  };
  return [own, ...command.commands.flatMap((each) => wordsOf(each, `${path} ${each.name()}`.trim()))];
}

/** zsh reads the script of bash. */
function bash(name: string, words: readonly Words[], shell: Shell): string {
  const functionName = `_${name.replaceAll('-', '_')}`;
  const choices = words.flatMap(({ path, options }) =>
    options.flatMap(({ flag, choices }) => (choices.length === 0 ? [] : [`    "${path} ${flag}") words="${choices.join(' ')}" ;;`])),
  );
  const commands = words.map(
    ({ path, subcommands, options }) =>
      `    "${path}") words="${[...subcommands, ...options.map(({ flag }) => flag), '--help'].join(' ')}" ;;`,
  );
  const names = words.flatMap(({ path }) => (path === '' ? [] : [`"${path}"`]));
  return [
    ...(shell === 'zsh' ? ['autoload -U +X bashcompinit && bashcompinit'] : []),
    `${functionName}() {`,
    '  local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" path="" words="" word',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "${path:+$path }$word" in',
    `      ${names.join('|')}) path="\${path:+$path }$word" ;;`,
    '    esac',
    '  done',
    '  case "$path $before" in',
    ...choices,
    '  esac',
    '  if [ -z "$words" ]; then case "$path" in',
    ...commands,
    '  esac; fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    `complete -o default -F ${functionName} ${name}`,
  ].join('\n');
}

function fish(name: string, words: readonly Words[]): string {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  return words
    .flatMap(({ path, subcommands, options }) => {
      const seen = path.split(' ').map((each) => `__fish_seen_subcommand_from ${each}`);
      const when = path === '' ? '__fish_use_subcommand' : seen.join('; and ');
      const begin = `complete -c ${name} -n ${quoted(when)}`;
      return [
        ...subcommands.map((each) => `${begin} -a ${each}`),
        ...options.map(({ flag, description, choices }) => {
          const values = choices.length === 0 ? '' : ` -x -a ${quoted(choices.join(' '))}`;
          return `${begin} -l ${flag.slice(2)} -d ${quoted(description)}${values}`;
        }),
      ];
    })
    .join('\n');
}

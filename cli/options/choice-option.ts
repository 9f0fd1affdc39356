import { InvalidArgumentError, Option } from 'commander';
import { suggestion } from '../suggest';

/** An option that takes one of a closed set. What is not in it is refused with what the user may have meant. */
export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices).argParser((text: string) => {
    if (choices.includes(text)) return text;
    throw new InvalidArgumentError(suggestion(text, choices).slice(2) || `Allowed choices are ${choices.join(', ')}.`);
  });
}

import { Argument, Option } from 'commander';

// Options that several commands have, declared once. An option of one command is declared in the file of that command.
// Each command gets its own instance, which it may make mandatory.

export const pathsArgument = (): Argument =>
  new Argument('<path...>', 'log files in any form and packing that AWS hands out, folders, s3://bucket/prefix, or - for stdin');

export const tracePathsArgument = (): Argument =>
  new Argument(
    '<path...>',
    'files with spans or InvokeAgent responses, in any form and packing, folders, s3://bucket/prefix, or - for stdin',
  );

export const fromOption = (): Option =>
  new Option('--from <date>', 'only calls from the beginning of this day or month, or from this time on, in UTC');

export const toOption = (byDefault: string): Option =>
  new Option('--to <date>', `only calls up to the end of this day or month, or before this time (default: ${byDefault})`);

export const catalogueOption = (): Option =>
  new Option('--catalogue <file>', 'a price catalogue, such as the one that the deployed stack refreshes, or s3://bucket/key');

export const overridesOption = (): Option => new Option('--overrides <file>', 'JSON with your own prices and discounts');

export const profilesOption = (): Option =>
  new Option('--profiles <file>', 'JSON that maps ARNs to model or profile ids: { "arn:…": "global.anthropic.…" }');

/** Of commands whose result is one document. `replay --json FILE` writes records and is an option of its own. */
export const jsonOption = (): Option => new Option('--json', 'write JSON instead of text');

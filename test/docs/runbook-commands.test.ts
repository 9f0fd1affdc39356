import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { runQuery } from '../../local-cloudwatch/logs-insights';
import { commandsOf, PAGES } from './runbook-shell/blocks';
import { faultOf } from './runbook-shell/models';

const folder = mkdtempSync(path.join(tmpdir(), 'runbooks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Instead of the AWS CLI: remembers the words of each command, and prints a name. */
const REMEMBERED = path.join(folder, 'commands');
const AWS = `aws() {
  printf '%s\\0' "$#" "$@" >> '${REMEMBERED}'
  [[ "\${!#}" == *.json ]] && echo '{}' > "\${!#}"
  echo name
}`;

/** The words of each command that a page runs in bash. A page that a shell does not understand fails. */
function commandsRunBy(page: string): string[][] {
  writeFileSync(REMEMBERED, '');
  execFileSync('bash', ['-c', `set -euo pipefail\n${AWS}\n${commandsOf(page, folder)}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  const words = readFileSync(REMEMBERED, 'utf8').split('\0');
  const commands: string[][] = [];
  for (let at = 0; at < words.length - 1; at += Number(words[at]) + 1) {
    commands.push(words.slice(at + 1, at + 1 + Number(words[at])));
  }
  return commands;
}

const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;

(hasBash ? test : test.skip).each(PAGES)(
  'bash runs the commands of %s as they are, and the AWS CLI and Logs Insights would understand them',
  (page) => {
    const commands = commandsRunBy(page);
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.flatMap((command) => faultOf(command) ?? [])).toEqual([]);
    // Nothing that was to be found is left out.
    expect(commands.flat().filter((word) => word === '' || word.includes('$'))).toEqual([]);
    const queries = commands
      .filter(([, operation]) => operation === 'start-query')
      .map((words) => words[words.indexOf('--query-string') + 1]!);
    // The interpreter knows no patterns, and no items of lists.
    queries.forEach((query) => runQuery(query.replace(/@message like \/[^/]*\//, 'ispresent(@message)').replace(/\.(\d)\b/g, '_$1'), []));
  },
);

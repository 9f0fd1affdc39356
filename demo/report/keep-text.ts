import pc from 'picocolors';
import { endpointOf, runFolder, shellLines } from '../emulator/environment';

export interface Kept {
  readonly port: number;
  /** The process groups that stay. */
  readonly groups: readonly number[];
  /** The name of a dashboard to look at. */
  readonly dashboard: string;
}

/** How to look around in what `--keep` leaves running, and how to stop it: lines for any shell. */
export function keepText({ port, groups, dashboard }: Kept): string {
  const aws = `aws --endpoint-url ${endpointOf(port)}`;
  const look = [
    ...shellLines(),
    `${aws} cloudwatch describe-alarms --state-value ALARM`,
    `${aws} cloudwatch get-dashboard --dashboard-name ${dashboard}`,
    `${aws} logs describe-log-groups`,
  ];
  // With -s, as POSIX has it: after -KILL the shell of Debian and Ubuntu takes no --.
  const stop = [`kill -s KILL -- ${groups.map((pid) => `-${pid}`).join(' ')}`, `rm -rf ${quoted(runFolder(port))}`];
  const shown = (lines: readonly string[]) => lines.map((line) => `  ${pc.cyan(line)}`);
  return [
    pc.bold('Still running'),
    'Look around with the AWS CLI, version 1 or 2, in a shell of its own:',
    ...shown(look),
    'Stop it and remove what it wrote:',
    ...shown(stop),
  ].join('\n');
}

const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`;

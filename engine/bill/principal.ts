import { roleOf } from '../records/role';

const ASSUMED_ROLE = /^arn:([^:]+):sts::([^:]*):assumed-role\/([^/]+)$/;
const ROLE_WITH_PATH = /^(arn:[^:]+:iam::[^:]*:role\/)(?:.+\/)?([^/]+)$/;

/**
 * The principal behind a caller, in one form for bill and records: the role without session and path, as in
 * `arn:aws:iam::111122223333:role/app`. The bill has neither the path of a role nor, in some columns, its session.
 */
export function principalOf(caller: string): string {
  const role = roleOf(caller);
  const [, partition, account, name] = ASSUMED_ROLE.exec(role) ?? [];
  return name === undefined ? role.replace(ROLE_WITH_PATH, '$1$2') : `arn:${partition}:iam::${account}:role/${name}`;
}

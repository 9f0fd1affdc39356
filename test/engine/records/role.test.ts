import { roleOf } from '../../../engine/records/role';

test.each([
  ['a session of a role', 'arn:aws:sts::111122223333:assumed-role/app/i-0abc', 'arn:aws:sts::111122223333:assumed-role/app'],
  ['a session that is an e-mail address', 'arn:aws-cn:sts::1:assumed-role/dev/joe@example.com', 'arn:aws-cn:sts::1:assumed-role/dev'],
  ['a session with slashes and line feeds', 'arn:aws:sts::1:assumed-role/app/a/b\nc', 'arn:aws:sts::1:assumed-role/app'],
  ['a masked account', 'arn:aws:sts::************:assumed-role/app/s', 'arn:aws:sts::************:assumed-role/app'],
  ['a role without a session', 'arn:aws:sts::1:assumed-role/app', 'arn:aws:sts::1:assumed-role/app'],
  ['a user, whose name has a path', 'arn:aws:iam::1:user/assumed-role/app/joe', 'arn:aws:iam::1:user/assumed-role/app/joe'],
  ['a federated user', 'arn:aws:sts::1:federated-user/joe', 'arn:aws:sts::1:federated-user/joe'],
  ['a masked caller', '**********', '**********'],
  ['no caller', '', ''],
])('the role of %s', (_, caller, role) => {
  expect(roleOf(caller)).toBe(role);
});

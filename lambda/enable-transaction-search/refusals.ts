/** For an account in which no policy has room for what X-Ray needs. */
export function noRoom(policies: readonly string[]): string {
  return (
    `X-Ray must be allowed to write spans, and no resource policy of CloudWatch Logs has room for that: the account has as many as it can (${policies.join(', ')}); ` +
    `remove one that is not used any more with "aws logs delete-resource-policy --policy-name NAME", and deploy again`
  );
}

/** For two stacks that ask for different percentages. */
export function otherPercentage(wanted: number, other: number, record: string): string {
  return (
    `'indexingPercentage' is ${wanted}, and another stack of this account and Region has set ${other} (its record is the parameter "${record}"): ` +
    `there is only one percentage, so set the same in both, or leave it out in one of them`
  );
}

/** For Transaction Search that was switched on without a log group. */
export function noLogGroup(switchedOnHere: boolean): string {
  const past = switchedOnHere
    ? 'X-Ray was switched off and on again, '
    : 'Transaction Search was on before this stack, which therefore did not switch it off and on, ';
  return (
    `X-Ray has not made the log group "aws/spans", without which there are no spans: ${past}` +
    `so do that in the CloudWatch console (Settings, X-Ray traces, Transaction Search), wait until the log group is there, and deploy again`
  );
}

/** For a key, where the log group was there before. */
export function otherKey(wanted: string, actual: string | undefined): string {
  return (
    `'encryptionKey' is ${wanted}, and the log group "aws/spans", which was there before this stack, is encrypted with ${actual ?? 'no key of yours'}: ` +
    `leave 'encryptionKey' out, or run "aws logs associate-kms-key --log-group-name aws/spans --kms-key-id ${wanted}" and deploy again`
  );
}

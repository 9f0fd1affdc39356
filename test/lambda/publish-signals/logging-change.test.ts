import { loggingChange, type LoggingChange } from '../../../lambda/publish-signals/logging-change';
import { linesOf } from '../../../lambda/publish-signals/publish';
import { config, NOW } from './signal-run';

describe('a change of the logging configuration', () => {
  const change = (detail: Partial<LoggingChange['detail']>) =>
    loggingChange(
      { detail: { eventName: 'DeleteModelInvocationLoggingConfiguration', ...detail } } as LoggingChange,
      config({ loggingRoles: ['arn:aws:iam::1:role/deploy'] }),
    );

  test('names who did it', () => {
    expect(linesOf(change({ userIdentity: { arn: 'arn:aws:iam::1:user/ann' } }), config(), NOW)).toContain(
      '{"signal":"bedrock.signal.logging.changed","value":1,"subject":"DeleteModelInvocationLoggingConfiguration by arn:aws:iam::1:user/ann"}',
    );
  });

  test('is no news when it failed, or was made by an expected role', () => {
    expect(change({ errorCode: 'AccessDenied' })).toEqual([]);
    expect(change({ userIdentity: { sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/deploy' } } } })).toEqual([]);
  });
});

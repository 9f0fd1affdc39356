import { CustomResource, Duration, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { requireSameEnvironment } from './private/handed-in';
import { allowLogGroups } from './private/log-group-key';
import { APPLICATION_SIGNALS, eventsOf, newTransactionSearchHandler, SPANS, TIMEOUT } from './private/transaction-search-handler';
import { requireUsable } from './private/usable';
import { addInfo } from './private/warning';
import { HandlerOptions } from './handler-options';

/**
 * Properties for defining a TransactionSearch.
 */
export interface TransactionSearchProps extends HandlerOptions {
  /**
   * How many of the spans X-Ray indexes as trace summaries, in percent. 1 % is free; all spans can be searched in any case. What was
   * set before comes back when the stack is deleted.
   *
   * @default - what is set in the account: 1 % where Transaction Search was never on
   */
  readonly indexingPercentage?: number;

  /**
   * Whether X-Ray may also write the data of Application Signals, to `/aws/application-signals/data`. Where Application Signals is
   * switched on, it makes metrics of each service, operation and dependency, which can cost more than the spans.
   *
   * @default true
   */
  readonly applicationSignals?: boolean;

  /**
   * A key for `aws/spans`, of this account and Region. It must be kept as long as the log group.
   *
   * @default - encrypted by CloudWatch Logs
   */
  readonly encryptionKey?: kms.IKeyRef;
}

/**
 * Transaction Search of Amazon CloudWatch in this account and Region: all spans that X-Ray receives become events of the log group
 * `aws/spans`.
 *
 * Where it is on already, it is used as it is. It is switched off only by the last stack with this construct, and only if one of
 * them has switched it on.
 */
export class TransactionSearch extends Construct {
  /**
   * The log group `aws/spans`. What uses it is deployed after it exists.
   */
  public readonly spansLogGroup: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: TransactionSearchProps = {}) {
    super(scope, id);
    requirePercentage(props.indexingPercentage);
    requireSameEnvironment(this, 'encryptionKey', props.encryptionKey);
    requireUsable(props);
    const { applicationSignals = true, encryptionKey } = props;
    if (props.applicationSignals === undefined) {
      addInfo(
        this,
        'TransactionSearch.applicationSignals',
        `X-Ray may write the data of Application Signals, whose metrics can cost more than the spans: ` +
          `set 'applicationSignals' to false to leave them out, or to true if you want them`,
      );
    }
    if (encryptionKey) {
      allowLogGroups(this, encryptionKey, 'spans');
    }
    const stack = Stack.of(this);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::TransactionSearch',
      serviceToken: newTransactionSearchHandler(this, props).functionArn,
      serviceTimeout: TIMEOUT.plus(Duration.minutes(1)),
      properties: {
        Account: stack.account,
        SourceArn: stack.formatArn({ service: 'xray', resource: '*' }),
        Spans: eventsOf(this, SPANS),
        ApplicationSignals: applicationSignals ? eventsOf(this, APPLICATION_SIGNALS) : undefined,
        IndexingPercentage: props.indexingPercentage,
        EncryptionKeyArn: encryptionKey?.keyRef.keyArn,
      },
    });
    this.spansLogGroup = logs.LogGroup.fromLogGroupName(this, 'Spans', resource.getAttString('LogGroupName'));
  }
}

function requirePercentage(value: number | undefined): void {
  if (value !== undefined && !Token.isUnresolved(value) && !(value >= 0 && value <= 100)) {
    throw new Error(`'indexingPercentage' must be from 0 to 100, got ${value}`);
  }
}

import { GetModelInvocationLoggingConfigurationCommand, type LoggingConfig } from '@aws-sdk/client-bedrock';
import { ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { DescribeSubscriptionFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { Failure } from '../failure';
import type { Steps } from '../report/steps';
import { Cdk } from './cdk';
import type { Clients } from './clients';
import { ROOT } from './environment';
import type { Processes } from './processes';
import { type NotEmulated, rewriteAssembly, typesOf } from './rewrite';
import { STAND_IN_ARN } from './stand-in';

/** What the deployed stack connects: the log group of the records, and the function that meters them. */
export interface DeployedMeter {
  /** The log group into which Bedrock writes records. */
  readonly source: string;
  readonly functionArn: string;
  /** The log group of the function, which holds the ledger. */
  readonly ledger: string;
  readonly loggingConfiguration: LoggingConfig;
}

/** The sample stack of bin/, deployed to the emulator with the real CDK command line. */
export class SampleStack {
  private readonly cdk: Cdk;
  private synthesized = '';

  constructor(
    private readonly clients: Clients,
    private readonly processes: Processes,
    private readonly steps: Steps,
    folder: string,
  ) {
    this.cdk = new Cdk(processes, process.env, folder);
  }

  /** The synthesized cloud assembly. */
  get assembly(): string {
    return this.synthesized;
  }

  /** Deploys the stack, and returns what of it the emulator only stores. */
  async deploy(): Promise<NotEmulated[]> {
    const { steps, cdk } = this;
    await steps.run('bundle the functions', (onLine) =>
      this.processes.run(process.execPath, ['scripts/bundle.mjs'], {
        cwd: ROOT,
        env: process.env,
        onLine,
        failureMessage: "the functions could not be bundled: 'npm run bundle' shows it alone",
      }),
    );
    await steps.run('cdk bootstrap', (onLine) => cdk.bootstrap(onLine));
    this.synthesized = await steps.run('cdk synth', (onLine) => cdk.synth(onLine));
    const unknownTypes = await this.unknownTypes();
    const notEmulated = await rewriteAssembly(this.synthesized, this.localAssembly, unknownTypes, STAND_IN_ARN);
    await steps.run('cdk deploy', (onLine) => cdk.deploy(this.localAssembly, onLine));
    return notEmulated;
  }

  /** Deletes the stack, and checks that Bedrock's logging configuration is gone with it. */
  async destroy(): Promise<void> {
    await this.steps.run('cdk destroy', (onLine) => this.cdk.destroy(this.localAssembly, onLine));
    if ((await this.loggingConfiguration()) !== undefined) {
      throw new Failure("Bedrock's logging configuration is still there after cdk destroy");
    }
  }

  /** Follows the deployed stack from Bedrock's logging configuration to the log group of the function that meters. */
  async findMeter(): Promise<DeployedMeter> {
    const loggingConfiguration = await this.loggingConfiguration();
    const source = loggingConfiguration?.cloudWatchConfig?.logGroupName;
    if (loggingConfiguration === undefined || source === undefined) {
      throw new Failure('the deployed stack has set no log group for model invocations');
    }
    const { subscriptionFilters = [] } = await this.clients.logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: source }));
    const functionArn = subscriptionFilters[0]?.destinationArn;
    if (functionArn === undefined) {
      throw new Failure(`the deployed stack has no function that reads the log group '${source}'`);
    }
    const { LoggingConfig } = await this.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionArn }));
    return { source, functionArn, ledger: LoggingConfig?.LogGroup ?? `/aws/lambda/${functionArn.split(':').at(-1)}`, loggingConfiguration };
  }

  /** The copy of the assembly that is deployed: only what the emulator knows. */
  private get localAssembly(): string {
    return `${this.synthesized}.local`;
  }

  private async loggingConfiguration(): Promise<LoggingConfig | undefined> {
    const { loggingConfig } = await this.clients.bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}));
    return loggingConfig;
  }

  /** The resource types that the emulator does not know: it lists them when it validates a template that has them all. */
  private async unknownTypes(): Promise<Set<string>> {
    const resources = (await typesOf(this.synthesized)).map((Type, index) => [`Resource${index}`, { Type }]);
    try {
      await this.clients.cloudFormation.send(
        new ValidateTemplateCommand({ TemplateBody: JSON.stringify({ Resources: Object.fromEntries(resources) }) }),
      );
      return new Set();
    } catch (error) {
      const listed = /Unrecognized resource types: \[(.*)\]/.exec((error as Error).message)?.[1];
      if (listed === undefined) {
        throw error;
      }
      return new Set(listed.split(', '));
    }
  }
}

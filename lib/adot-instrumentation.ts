import { IAspect, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { AdotLanguage } from './adot-language';
import { AdotLayer } from './adot-layer';
import { AdotTaskOptions } from './adot-task-options';
import { OtlpDestination } from './otlp-destination';
import { functionFault, instrumentFunction, isOfTheCdk } from './private/adot-function';
import { instrumentContainer } from './private/adot-container';
import { requireMember } from './private/validation';
import { addInfo } from './private/warning';

/**
 * Properties of AdotInstrumentation.
 */
export interface AdotInstrumentationProps {
  /**
   * Where spans go. Functions cannot send to a destination with headers: AWS Lambda would show them in plain text.
   *
   * @default - CloudWatch: functions over the X-Ray daemon of Lambda, tasks over its OTLP endpoint
   */
  readonly destination?: OtlpDestination;

  /**
   * Whether functions publish the metrics of Application Signals, which can cost more than the spans.
   *
   * @default false
   */
  readonly applicationSignals?: boolean;

  /**
   * Whether spans hold prompts and answers.
   *
   * @default false
   */
  readonly content?: boolean;

  /**
   * The layer for functions in Node.js.
   *
   * @default AdotLayer.LATEST
   */
  readonly nodeLayer?: AdotLayer;

  /**
   * The layer for functions in Python.
   *
   * @default AdotLayer.LATEST_PYTHON
   */
  readonly pythonLayer?: AdotLayer;
}

/**
 * Instruments functions and tasks with the AWS Distro for OpenTelemetry (ADOT): calls of Bedrock, of other services and of HTTP
 * become spans, without a change of their code.
 *
 * As an aspect it instruments each function in Node.js or Python of a scope, and notes which ones it left out:
 * `Aspects.of(stack).add(new AdotInstrumentation())`.
 */
export class AdotInstrumentation implements IAspect {
  private readonly visited = new Set<IConstruct>();

  constructor(private readonly props: AdotInstrumentationProps = {}) {}

  /**
   * Instruments a function.
   *
   * @param fn a function in Node.js or Python that is deployed as code, not as an image
   */
  public instrumentFunction(fn: lambda.Function): void {
    const fault = functionFault(fn, this.props);
    if (fault !== undefined) {
      throw new Error(`'${fn.node.path}' ${fault}`);
    }
    instrumentFunction(fn, this.props);
  }

  /**
   * Instruments a container of an ECS task. ADOT is copied into it by a container that ends before it starts.
   *
   * @param container the container of the application
   * @param options its language and the name of the service
   */
  public instrumentContainer(container: ecs.ContainerDefinition, options: AdotTaskOptions): void {
    requireMember('language', options.language, AdotLanguage);
    if (!Token.isUnresolved(options.serviceName) && !/^[^\s,=]{1,255}$/.test(options.serviceName)) {
      throw new Error(`'serviceName' must be a name without blanks, ',' and '=', got '${options.serviceName}'`);
    }
    if (this.props.applicationSignals) {
      throw new Error(
        `'applicationSignals' needs the CloudWatch agent beside '${container.node.path}': ` +
          `leave it out, or use ApplicationSignalsIntegration of @aws-cdk/aws-applicationsignals-alpha`,
      );
    }
    instrumentContainer(container, options, this.props);
  }

  /**
   * Instruments a construct if it is a function of the app that can be instrumented.
   *
   * @param node the construct
   */
  public visit(node: IConstruct): void {
    // An app is synthesized more than once in tests.
    if (!(node instanceof lambda.Function) || isOfTheCdk(node) || this.visited.has(node)) {
      return;
    }
    this.visited.add(node);
    const fault = functionFault(node, this.props);
    if (fault === undefined) {
      instrumentFunction(node, this.props);
    } else {
      addInfo(node, 'AdotInstrumentation.leftOut', `${node.node.path} is not instrumented: it ${fault}`);
    }
  }
}

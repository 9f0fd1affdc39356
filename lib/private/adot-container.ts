import { Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { AdotInstrumentationProps } from '../adot-instrumentation';
import { AdotLanguage } from '../adot-language';
import type { AdotTaskOptions } from '../adot-task-options';
import { OtlpDestination } from '../otlp-destination';
import { OtlpSignal } from '../otlp-signal';
import { GENAI_ENVIRONMENT, PYTHON_ENVIRONMENT } from './adot-environment';

const FOLDER = '/otel-auto-instrumentation';
const VOLUME = 'otel-auto-instrumentation';

/** "Enable your applications on Amazon ECS" in the CloudWatch user guide: image, and the variable that starts ADOT. */
const LANGUAGES: Readonly<Record<AdotLanguage, { readonly image: string; readonly variable: string; readonly value: string }>> = {
  [AdotLanguage.NODE]: {
    image: 'public.ecr.aws/aws-observability/adot-autoinstrumentation-node:v0.13.0',
    variable: 'NODE_OPTIONS',
    value: `--require ${FOLDER}/autoinstrumentation.js`,
  },
  [AdotLanguage.PYTHON]: {
    image: 'public.ecr.aws/aws-observability/adot-autoinstrumentation-python:v0.21.0',
    variable: 'PYTHONPATH',
    value: `${FOLDER}/opentelemetry/instrumentation/auto_instrumentation:${FOLDER}`,
  },
};

export function instrumentContainer(container: ecs.ContainerDefinition, options: AdotTaskOptions, props: AdotInstrumentationProps): void {
  const { language, serviceName, image } = options;
  const { content = false, destination = OtlpDestination.cloudWatch() } = props;
  const { variable, value, image: defaultImage } = LANGUAGES[language];
  // What the application sets itself is kept.
  const own = container['environment'] as Record<string, string>;
  refuse(container, own, destination);
  copyInto(container, image ?? ecs.ContainerImage.fromRegistry(defaultImage));

  const separator = language === AdotLanguage.NODE ? ' ' : ':';
  const resource = { 'service.name': serviceName, ...destination._resourceAttributes };
  const environment: Record<string, string> = {
    ...destination._environment(container, [OtlpSignal.TRACES]),
    ...GENAI_ENVIRONMENT(content),
    ...(language === AdotLanguage.PYTHON && PYTHON_ENVIRONMENT),
    OTEL_AWS_APPLICATION_SIGNALS_ENABLED: 'false',
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(resource)
      .map(([name, text]) => `${name}=${text}`)
      .join(','),
    [variable]: own[variable] === undefined ? value : [value, own[variable]].join(separator),
  };
  Object.entries(environment).forEach(([name, text]) => container.addEnvironment(name, text));
  if (destination.headersSecret) {
    container.addSecret('OTEL_EXPORTER_OTLP_HEADERS', ecs.Secret.fromSecretsManager(destination.headersSecret));
  }
  destination.grantSend(container.taskDefinition.taskRole);
}

function refuse(container: ecs.ContainerDefinition, own: Record<string, string>, destination: OtlpDestination): void {
  const { path } = container.node;
  const set = Object.keys(own).find((name) => name.startsWith('OTEL_'));
  if (set !== undefined) {
    throw new Error(
      `'${path}' has the variable ${set} already, and two instrumentations would make each span twice: leave one of the two out`,
    );
  }
  const { region } = Stack.of(container);
  if (destination._isCloudWatch && !Token.isUnresolved(region) && region.startsWith('cn-')) {
    throw new Error(
      `'${path}' is in ${region}, for which ADOT does not sign requests: send to a collector, with OtlpDestination.endpoint(…)`,
    );
  }
}

/** A container that copies ADOT into a volume and ends before the application starts. */
function copyInto(container: ecs.ContainerDefinition, image: ecs.ContainerImage): void {
  const task = container.taskDefinition;
  const copier = task.addContainer(`${container.node.id}Adot`, {
    image,
    essential: false,
    memoryReservationMiB: 64,
    command: ['cp', '-a', '/autoinstrumentation/.', FOLDER],
  });
  const name = `${VOLUME}-${container.containerName}`;
  task.addVolume({ name });
  copier.addMountPoints({ sourceVolume: name, containerPath: FOLDER, readOnly: false });
  container.addMountPoints({ sourceVolume: name, containerPath: FOLDER, readOnly: true });
  container.addContainerDependencies({ container: copier, condition: ecs.ContainerDependencyCondition.SUCCESS });
}

import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AdotLanguage } from './adot-language';

/**
 * Options of `AdotInstrumentation.instrumentContainer`.
 */
export interface AdotTaskOptions {
  /**
   * The language of the application.
   */
  readonly language: AdotLanguage;

  /**
   * The name of the service on its spans.
   */
  readonly serviceName: string;

  /**
   * The image from which ADOT is copied, for example a copy in a repository of your own.
   *
   * @default - the image of `public.ecr.aws/aws-observability` for the language
   */
  readonly image?: ecs.ContainerImage;
}

import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Adds a warning that users can acknowledge by its id.
 *
 * @param id the class and the reason, for example `TieredAlarms.nobodyNotified`
 */
export function addWarning(scope: IConstruct, id: string, message: string): void {
  Validations.of(scope).addWarning(`cdk-bedrock-observability:${id}`, message);
}

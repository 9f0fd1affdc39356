import { Annotations, Aspects } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const LIBRARY = 'cdk-bedrock-observability';

/**
 * Adds a warning that users can acknowledge by its id, which docs/troubleshooting.md explains.
 *
 * @param id the class and the reason, for example `InvocationLogging.maskedCallers`
 */
export function addWarning(scope: IConstruct, id: string, message: string): void {
  // Not Validations, which older versions of aws-cdk-lib do not have.
  Annotations.of(scope).addWarningV2(`${LIBRARY}:${id}`, message);
}

/** Adds a note, which unlike a warning does not fail `cdk synth --strict`. */
export function addInfo(scope: IConstruct, id: string, message: string): void {
  Annotations.of(scope).addInfoV2(`${LIBRARY}:${id}`, message);
}

/** Does something once the app is complete, because what matters to a warning may be added after the construct was made. */
export function whenComplete(scope: IConstruct, action: () => void): void {
  Aspects.of(scope).add({ visit: (node) => (node === scope ? action() : undefined) });
}

import { Construct } from 'constructs';
import { isSameEnvironment } from './handed-in';

/** Marks a construct whose metrics one function publishes, also one of another copy of this library. */
const PUBLISHER: unique symbol = Symbol.for('cdk-bedrock-observability.Publisher');

interface Marked extends Construct {
  readonly [PUBLISHER]: string;
}

/**
 * Throws for a second construct of a class in one namespace of an account and Region: the metrics of both would be one.
 *
 * @param prop the prop by which the namespace is given
 */
export function requireOnlyPublisher(scope: Construct, className: string, prop: string, metricNamespace: string): void {
  const mark = `${className} ${metricNamespace}`;
  const others = scope.node.root.node.findAll().filter((each): each is Marked => PUBLISHER in each);
  const other = others.find((each) => each[PUBLISHER] === mark && isSameEnvironment(each, scope));
  if (other) {
    throw new Error(
      `'${prop}' has the namespace '${metricNamespace}', in which the ${className} '${other.node.path}' publishes already, so that the metrics of both would be one: ` +
        `use that one, or another 'metricNamespace'`,
    );
  }
  Object.defineProperty(scope, PUBLISHER, { value: mark });
}

import { Fn, IResolvable, Token, Tokenization } from 'aws-cdk-lib';

/** The beginning of a literal `${…}`, such as `${env:NAME}` of the collector or `${PROP('Period')}` of CloudWatch. A token of the CDK looks similar. */
const LITERAL = /\$\{(?!Token\[)/g;

/**
 * Text with tokens and with literal `${…}`, as a template may hold it, each token once. CloudFormation takes `${…}` for a reference of
 * its own and refuses it outside of Fn::Sub, in which `${!…}` is literal. Source: AWS CloudFormation Template Reference, "Fn::Sub".
 */
export function literalText(text: string): string {
  const names = new Map<IResolvable, string>();
  const mapToken = (token: IResolvable): string => {
    names.set(token, names.get(token) ?? `Value${names.size}`);
    return `\${${names.get(token)}}`;
  };
  const template = Tokenization.reverseString(text.replace(LITERAL, '${!'))
    .mapTokens({ mapToken })
    .join({ join: (left: string = '', right: string = '') => left + right }) as string;
  const variables = Object.fromEntries([...names].map(([token, name]) => [name, Token.asString(token)]));
  return Fn.sub(template, names.size === 0 ? undefined : variables);
}

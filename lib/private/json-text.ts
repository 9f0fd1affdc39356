import { IPostProcessor, IResolvable, IResolveContext, Lazy, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { literalText, pseudoParameterOf } from './literal-text';

/**
 * The text of JSON in which each reference occurs once.
 *
 * The CDK resolves all members of the JSON three times a synth, and joins its text from a piece for each reference: a dashboard names
 * its Region a hundred times. Where a member has to be more than a text, like a number that is known at the deployment, it is left to
 * the CDK.
 *
 * @param json a token of `Stack.toJsonString`, or one that resolves to it
 */
export function compactJson(json: string): string {
  let text: string | undefined;
  return Lazy.uncachedString({ produce: (context) => (text ??= new JsonText(context).render(valueOf(json, context)) ?? json) });
}

/** The value of which the text is made: the token lets its context resolve it. */
function valueOf(json: string, context: IResolveContext): unknown {
  let value: unknown;
  const asked = { ...context, resolve: (given: unknown) => ((value = given), {}) };
  for (let token = tokenOf(json); token !== undefined && value === undefined;) {
    token = tokenOf(token.resolve(asked));
  }
  return value;
}

const tokenOf = (text: unknown) => (typeof text === 'string' ? Tokenization.reverseCompleteString(text) : undefined);

/** Nobody writes JSON so deep: such a value holds itself. */
const MAX_DEPTH = 100;

/** What Fn::Sub cannot hold: tokens of lists, which are no texts, and a literal `${` that does not end before the next place. */
const NO_PLACE = /#\{Token\[|\$\{(?!Token\[|[^${}]+\})/;

class JsonText {
  private isLeftToTheCdk = false;

  constructor(private readonly context: IResolveContext) {}

  /** Undefined for what is left to the CDK, which also has the errors for what is no JSON. */
  public render(value: unknown): string | undefined {
    const text = this.expanded(JSON.stringify(this.member(value, 0) ?? null));
    if (value === undefined || this.isLeftToTheCdk || NO_PLACE.test(text)) {
      return undefined;
    }
    return Token.isUnresolved(text) ? literalText(text) : text;
  }

  /** The value with tokens only within texts. In loops: V8 takes longer to compile what calls functions for each of thousands of members. */
  private member(value: unknown, depth: number): unknown {
    if (typeof value === 'string' || typeof value === 'boolean' || value === undefined || value === null) {
      return value;
    }
    if (typeof value !== 'object') {
      return typeof value === 'number' && !Token.isUnresolved(value) ? value : this.leave();
    }
    if (this.isLeftToTheCdk || depth > MAX_DEPTH) {
      return this.leave();
    }
    if (Array.isArray(value)) {
      return this.listOf(value, depth);
    }
    if (Tokenization.isResolvable(value)) {
      return this.memberOf(value, depth);
    }
    return value instanceof Date ? value : this.objectOf(value as Record<string, unknown>, depth);
  }

  private listOf(list: unknown[], depth: number): unknown[] {
    const members: unknown[] = [];
    for (const each of list) {
      const member = this.member(each, depth + 1);
      if (member !== undefined) {
        members.push(member);
      }
    }
    return members;
  }

  private objectOf(object: Record<string, unknown>, depth: number): object {
    const members: Record<string, unknown> = {};
    for (const key of Object.keys(object)) {
      const member = this.member(object[key], depth + 1);
      if (member !== undefined) {
        members[key] = member;
      }
    }
    return members;
  }

  private memberOf(token: IResolvable, depth: number): unknown {
    if (isReference(token)) {
      return Token.asString(token);
    }
    let processor: IPostProcessor | undefined;
    const context: IResolveContext = {
      ...this.context,
      resolve: (value: unknown) => this.member(value, depth + 1),
      registerPostProcessor: (given) => (processor = given),
    };
    const value: unknown = token.resolve(context);
    const [key = ''] = Object.keys((value as object | undefined) ?? {});
    if (key === 'Ref' || key.startsWith('Fn::')) {
      return this.leave();
    }
    const resolved = this.member(value, depth + 1);
    return processor === undefined ? resolved : processor.postProcess(resolved, context);
  }

  /** The text with tokens only for what CloudFormation knows. */
  private expanded(json: string): string {
    return Tokenization.reverseString(json)
      .mapTokens({ mapToken: (token) => this.textOf(token) })
      .join({ join: (left: string = '', right: string = '') => left + right }) as string;
  }

  private textOf(token: IResolvable): string {
    if (isReference(token)) {
      return Token.asString(token);
    }
    const value: unknown = token.resolve(this.context);
    if (Tokenization.isResolvable(value)) {
      return this.textOf(value);
    }
    if (typeof value !== 'string') {
      this.leave();
      return '';
    }
    return this.expanded(JSON.stringify(value).slice(1, -1));
  }

  private leave(): undefined {
    this.isLeftToTheCdk = true;
  }
}

/** Whether a token has a place in a text. What others resolve to may hold texts, which JSON has to quote. */
function isReference(token: IResolvable): boolean {
  return Reference.isReference(token) || pseudoParameterOf(token) !== undefined;
}

import type { CountedCall } from '../counted';
import type { Span } from '../span';
import type { SpanTree } from '../span-tree';

/** In which agent, session and tool something was done. */
export interface Surroundings {
  readonly agent?: string;
  readonly session?: string;
  /** The tool that did it. */
  readonly tool?: string;
}

const NOTHING: Surroundings = {};

/**
 * Finds the agent, the session and the tool that a call belongs to: those of the nearest span above it that has them. Where no span
 * above has a session or an agent, they are the only ones of the trace.
 */
export class TraceSurroundings {
  private readonly inside = new Map<Span, Surroundings>();
  private readonly only: Surroundings;

  constructor(private readonly tree: SpanTree) {
    for (const span of tree.spans) {
      const { agent, session, tool } = this.around(span);
      this.inside.set(span, {
        agent: (span.role === 'agent' ? span.agent : undefined) ?? agent,
        session: span.sessionId ?? session,
        tool: (span.role === 'tool' ? span.tool : undefined) ?? tool,
      });
    }
    this.only = {
      agent: onlyOne(tree.spans.map(({ role, agent }) => (role === 'agent' ? agent : undefined))),
      session: onlyOne(tree.spans.map(({ sessionId }) => sessionId)),
    };
  }

  public of({ spans }: CountedCall): Surroundings {
    const known = spans.flatMap((span) => this.inside.get(span) ?? []);
    const first = (name: keyof Surroundings): string | undefined => known.find((each) => each[name] !== undefined)?.[name];
    const named = spans.find(({ agent }) => agent !== undefined)?.agent;
    return { agent: first('agent') ?? named ?? this.only.agent, session: first('session') ?? this.only.session, tool: first('tool') };
  }

  private around(span: Span): Surroundings {
    const parent = this.tree.parentOf(span);
    return (parent && this.inside.get(parent)) ?? NOTHING;
  }
}

function onlyOne(values: ReadonlyArray<string | undefined>): string | undefined {
  const different = new Set(values.filter((value) => value !== undefined));
  return different.size === 1 ? [...different][0] : undefined;
}

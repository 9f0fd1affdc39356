/**
 * A dimension of the metrics of agents. These are all: a session or a run is never one, because there is no end of them.
 *
 * Every value of a dimension is a custom metric for each name of a metric, which CloudWatch bills.
 */
export class AgentDimension {
  /**
   * The agent: its name, else its id, else the AgentCore runtime that it runs in.
   */
  public static readonly AGENT = new AgentDimension('agent');

  /**
   * What was done: `chat`, `invoke_agent`, `execute_tool` and the like.
   */
  public static readonly OPERATION = new AgentDimension('operation');

  /**
   * The name of the tool.
   */
  public static readonly TOOL = new AgentDimension('tool');

  /**
   * The model, as the spans name it.
   */
  public static readonly MODEL = new AgentDimension('model');

  private constructor(
    /** @internal */
    public readonly _name: string,
  ) {}
}

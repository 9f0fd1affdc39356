/**
 * Who looks at a dashboard.
 */
export enum Audience {
  /**
   * What it costs, whether that is within budget, whether it works.
   */
  EXECUTIVE = 'Executive',

  /**
   * Who and what the money is spent on, and how sure the numbers are.
   */
  FINOPS = 'FinOps',

  /**
   * Latency, errors, throttles and quotas.
   */
  DEVOPS = 'DevOps',

  /**
   * Single calls, tokens and errors.
   */
  DEVELOPER = 'Developer',

  /**
   * Who called what, and whether the record of it is complete.
   */
  SECURITY = 'Security',

  /**
   * Traces of agents and their components. Needs Transaction Search.
   */
  AGENTS = 'Agents',
}

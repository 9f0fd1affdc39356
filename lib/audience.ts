/**
 * The people for whom a dashboard is made.
 */
export enum Audience {
  /**
   * Executives: the cost, whether it is within the budget, and whether calls succeed.
   */
  EXECUTIVE = 'Executive',

  /**
   * FinOps: on whom and on what the money is spent, and how complete the numbers are.
   */
  FINOPS = 'FinOps',

  /**
   * Operations: latency, errors, throttles and quotas.
   */
  DEVOPS = 'DevOps',

  /**
   * Developers: single calls, their tokens and their errors.
   */
  DEVELOPER = 'Developer',

  /**
   * Security: who called what, and whether the record of it is complete.
   */
  SECURITY = 'Security',

  /**
   * Developers of agents: traces and their components. Needs CloudWatch Transaction Search.
   */
  AGENTS = 'Agents',
}

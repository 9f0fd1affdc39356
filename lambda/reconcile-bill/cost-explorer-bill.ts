import {
  CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandOutput,
  GetDimensionValuesCommand,
} from '@aws-sdk/client-cost-explorer';
import type { BillLine } from '../../engine/bill/bill-line';
import type { BilledModels } from '../../engine/bill/billed-models';
import { readCostExplorer } from '../../engine/bill/cost-explorer';
import { withDeadline } from '../shared/deadline';
import type { Bill, BillReader } from './bill';
import type { BillConfig } from './config';

/** All pages and attempts. */
const DEADLINE_MS = 60_000;

/** Each request, and each page, costs so much. Source: AWS Cost Explorer pricing page. */
const USD_PER_REQUEST = 0.01;

/** Pages are counted, because each costs. What needs more than these is not read to its end, and then not used. */
const MAX_PAGES = 20;

/** Asks AWS Cost Explorer for the bill of Amazon Bedrock, under every name under which it is billed. */
export class CostExplorerBill implements BillReader {
  private requests = 0;

  constructor(
    private readonly client: CostExplorerClient,
    private readonly config: BillConfig,
    private readonly models: BilledModels,
  ) {}

  /**
   * Reads the lines of some days.
   *
   * @throws if a line or the last page cannot be read: a bill that lacks something would look too low
   */
  public async read(from: string, until: string): Promise<Bill> {
    try {
      return await withDeadline('Cost Explorer', DEADLINE_MS, (signal) => this.readAll({ Start: from, End: until }, signal));
    } catch (error) {
      if ((error as Error).name !== 'DataUnavailableException') throw error;
      return this.bill([], `Cost Explorer: ${(error as Error).message}`);
    }
  }

  private async readAll(TimePeriod: { Start: string; End: string }, abortSignal: AbortSignal): Promise<Bill> {
    const services = await this.services(TimePeriod, abortSignal);
    if (services.length === 0) return this.bill([], 'Cost Explorer has no service of Amazon Bedrock in these days');
    const lines = await this.grouped(TimePeriod, services, 'SERVICE', abortSignal);
    // A question has two groups at most: accounts need one of their own.
    const byAccount = this.config.accounts.length > 1 ? await this.grouped(TimePeriod, services, 'LINKED_ACCOUNT', abortSignal) : undefined;
    return { ...this.bill(lines), byAccount };
  }

  /** Lines by a dimension and by usage type, to the last page. */
  private async grouped(
    TimePeriod: { Start: string; End: string },
    services: string[],
    dimension: 'SERVICE' | 'LINKED_ACCOUNT',
    abortSignal: AbortSignal,
  ): Promise<BillLine[]> {
    const input = {
      ...{ TimePeriod, Granularity: 'DAILY' as const, Metrics: ['UnblendedCost', 'UsageQuantity'], Filter: this.filter(services) },
      GroupBy: [dimension, 'USAGE_TYPE'].map((Key) => ({ Type: 'DIMENSION' as const, Key })),
    };
    const lines: BillLine[] = [];
    let NextPageToken: string | undefined;
    do {
      this.count();
      const page: GetCostAndUsageCommandOutput = await this.client.send(new GetCostAndUsageCommand({ ...input, NextPageToken }), {
        abortSignal,
      });
      const { lines: ofPage, problems } = readCostExplorer({ ...page }, this.models);
      if (problems.length > 0) throw new Error(`a line of the bill cannot be read: ${problems[0]}`);
      lines.push(...ofPage);
      ({ NextPageToken } = page);
    } while (NextPageToken);
    return lines.filter(({ region }) => this.isMetered(region));
  }

  /** The services that have Bedrock in their name: which of them Claude is billed under depends on the account. */
  private async services(TimePeriod: { Start: string; End: string }, abortSignal: AbortSignal): Promise<string[]> {
    const found: string[] = [];
    let NextPageToken: string | undefined;
    do {
      this.count();
      const command = new GetDimensionValuesCommand({ TimePeriod, Dimension: 'SERVICE', SearchString: 'Bedrock', NextPageToken });
      const page = await this.client.send(command, { abortSignal });
      found.push(...(page.DimensionValues ?? []).flatMap(({ Value }) => Value ?? []));
      ({ NextPageToken } = page);
    } while (NextPageToken);
    return found;
  }

  /** Without credits, refunds and taxes, beside which each model would look free. */
  private filter(services: string[]): Expression {
    const { accounts } = this.config;
    return {
      And: [
        { Dimensions: { Key: 'SERVICE', Values: services } },
        { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund', 'Tax'] } } },
        ...(accounts.length > 0 ? [{ Dimensions: { Key: 'LINKED_ACCOUNT' as const, Values: [...accounts] } }] : []),
      ],
    };
  }

  /** A usage type without a Region can be of any. */
  private isMetered(region: string | undefined): boolean {
    const { regions } = this.config;
    return region === undefined || regions.length === 0 || regions.includes(region);
  }

  private count(): void {
    this.requests += 1;
    if (this.requests > MAX_PAGES) throw new Error(`Cost Explorer has more than ${MAX_PAGES} pages: the bill was not read to its end`);
  }

  private bill(lines: readonly BillLine[], notReady?: string): Bill {
    return { lines, notReady, requests: this.requests, requestUsd: this.requests * USD_PER_REQUEST };
  }
}

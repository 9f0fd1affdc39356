import {
  BedrockClient,
  GetModelInvocationJobCommand,
  type ModelInvocationJobOutputDataConfig,
  paginateListCustomModels,
  paginateListModelInvocationJobs,
  paginateListProvisionedModelThroughputs,
} from '@aws-sdk/client-bedrock';
import type { BatchJob } from '../../engine/unrecorded/batch-job';
import type { CustomModel, ProvisionedThroughput } from '../../engine/unrecorded/capacity';
import { withDeadline } from '../shared/deadline';

/** How long one question may take, all pages and attempts included. */
const DEADLINE_MS = 30_000;

/** A batch job, and the S3 URI below which its output is. */
export interface BatchJobWithOutput extends BatchJob {
  readonly outputUri?: string;
}

/** What Bedrock lists of this account and Region. */
export class BedrockInventory {
  private readonly client = new BedrockClient({});

  public job(jobArn: string): Promise<BatchJobWithOutput> {
    return withDeadline('GetModelInvocationJob', DEADLINE_MS, async (abortSignal) => {
      const job = await this.client.send(new GetModelInvocationJobCommand({ jobIdentifier: jobArn }), { abortSignal });
      const { modelId = '', status = '', endTime, outputDataConfig, processedRecordCount, successRecordCount, errorRecordCount } = job;
      const counts = { processedRecordCount, successRecordCount, errorRecordCount };
      return { jobArn, modelId, status, endTime: endTime?.getTime(), outputUri: uriOf(outputDataConfig), ...counts };
    });
  }

  /** The ARNs of jobs that were submitted after a moment, and have ended in a period. */
  public endedJobs(submittedAfter: number, from: number, until: number): Promise<string[]> {
    return withDeadline('ListModelInvocationJobs', DEADLINE_MS, async (abortSignal) => {
      const pages = paginateListModelInvocationJobs(
        { client: this.client },
        { submitTimeAfter: new Date(submittedAfter) },
        { abortSignal },
      );
      const ended: string[] = [];
      for await (const { invocationJobSummaries = [] } of pages) {
        for (const { jobArn, endTime } of invocationJobSummaries) {
          if (jobArn !== undefined && endTime && endTime.getTime() >= from && endTime.getTime() < until) ended.push(jobArn);
        }
      }
      return ended;
    });
  }

  public provisioned(): Promise<ProvisionedThroughput[]> {
    return withDeadline('ListProvisionedModelThroughputs', DEADLINE_MS, async (abortSignal) => {
      const found: ProvisionedThroughput[] = [];
      for await (const { provisionedModelSummaries = [] } of paginateListProvisionedModelThroughputs(
        { client: this.client },
        {},
        { abortSignal },
      )) {
        for (const summary of provisionedModelSummaries) {
          found.push({
            arn: summary.provisionedModelArn ?? '',
            foundationModelArn: summary.foundationModelArn ?? '',
            status: summary.status ?? '',
            modelUnits: summary.modelUnits ?? NaN,
            commitment: summary.commitmentDuration,
            createdAt: summary.creationTime?.getTime() ?? 0,
          });
        }
      }
      return found;
    });
  }

  public customModels(): Promise<CustomModel[]> {
    return withDeadline('ListCustomModels', DEADLINE_MS, async (abortSignal) => {
      const found: CustomModel[] = [];
      for await (const { modelSummaries = [] } of paginateListCustomModels({ client: this.client }, { isOwned: true }, { abortSignal })) {
        for (const { modelArn = '', baseModelArn = '', creationTime } of modelSummaries) {
          found.push({ arn: modelArn, baseModelArn, createdAt: creationTime?.getTime() ?? 0 });
        }
      }
      return found;
    });
  }
}

const uriOf = (output: ModelInvocationJobOutputDataConfig | undefined): string | undefined => output?.s3OutputDataConfig?.s3Uri;

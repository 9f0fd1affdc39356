import { BedrockClient, GetInferenceProfileCommand } from '@aws-sdk/client-bedrock';

/** Answers with the id of the model behind an application inference profile, with `global.` before it where it is global. */
export type ProfileLookup = (arn: string) => Promise<string | undefined>;

/** A lookup with one client, in the Region of the function: profiles can only be called in their own. */
export function profileLookup(): ProfileLookup {
  const client = new BedrockClient({ maxAttempts: 3, requestHandler: { requestTimeout: 3000, connectionTimeout: 1000 } });
  return async (arn) => {
    const inferenceProfileIdentifier = arn.slice(arn.lastIndexOf('/') + 1);
    const { models = [] } = await client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
    return modelBehind(models.flatMap(({ modelArn }) => (modelArn ? [modelArn] : [])));
  };
}

/**
 * One id for all the models of a profile: they are one model in several Regions. A global profile is told by a model ARN
 * without a Region; its price differs.
 */
export function modelBehind(modelArns: readonly string[]): string | undefined {
  const ids = new Set(modelArns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)));
  const [id] = ids;
  if (id === undefined || ids.size > 1) {
    return undefined;
  }
  return modelArns.some((arn) => arn.split(':')[3] === '') ? `global.${id}` : id;
}

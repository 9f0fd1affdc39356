import { BedrockClient, GetInferenceProfileCommand } from '@aws-sdk/client-bedrock';
import { ATTEMPT } from '../shared/deadline';

/** Finds the id of the model behind an application inference profile, with `global.` before it where the profile is global. */
export type ProfileLookup = (arn: string, abortSignal?: AbortSignal) => Promise<string | undefined>;

/** Asks Bedrock in the Region of the profile, which is the only one in which it can be called. */
export function profileLookup(): ProfileLookup {
  const clients = new Map<string | undefined, BedrockClient>();
  return async (arn, abortSignal) => {
    const region = /^arn:[a-z-]+:bedrock:([a-z0-9-]+):/.exec(arn)?.[1];
    const client = clients.get(region) ?? new BedrockClient({ requestHandler: ATTEMPT, ...(region && { region }) });
    clients.set(region, client);
    const command = new GetInferenceProfileCommand({ inferenceProfileIdentifier: identifierOf(arn) });
    const { models = [] } = await client.send(command, { abortSignal });
    return modelBehind(models.flatMap(({ modelArn }) => (modelArn ? [modelArn] : [])));
  };
}

/** The whole ARN, because the id alone names a profile of this account, unless the account of the ARN is masked. */
const identifierOf = (arn: string): string => (/:\d{12}:application/.test(arn) ? arn : arn.slice(arn.lastIndexOf('/') + 1));

/**
 * The id of the model of a profile, whose ARNs are those of one model in several Regions. Undefined where they are not of one
 * model. A global profile, whose price differs, has an ARN without a Region.
 */
export function modelBehind(modelArns: readonly string[]): string | undefined {
  const ids = new Set(modelArns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)));
  const [id] = ids;
  if (id === undefined || ids.size > 1) {
    return undefined;
  }
  return modelArns.some((arn) => arn.split(':')[3] === '') ? `global.${id}` : id;
}

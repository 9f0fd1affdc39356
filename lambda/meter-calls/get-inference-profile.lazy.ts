import { BedrockClient, GetInferenceProfileCommand } from '@aws-sdk/client-bedrock';
import { ATTEMPT } from '../shared/deadline';
import { type MemberRole, MemberRoles } from './member-roles';

/** Finds the id of the model behind an application inference profile, with `global.` before it where the profile is global. */
export type ProfileLookup = (arn: string, abortSignal?: AbortSignal) => Promise<string | undefined>;

/**
 * Asks Bedrock in the Region of the profile, which is the only one in which it can be called, and in its account.
 *
 * @param role assumed for profiles of other accounts. Without it these are asked for as well, and refused
 */
export function profileLookup(role?: MemberRole): ProfileLookup {
  const roles = role && new MemberRoles(role);
  const clients = new Map<string, BedrockClient>();
  return async (arn, abortSignal) => {
    const [place = '', region] = /^arn:[a-z-]+:bedrock:([a-z0-9-]+):\d*/.exec(arn) ?? [];
    const client =
      clients.get(place) ??
      new BedrockClient({ requestHandler: ATTEMPT, ...(region && { region }), credentials: roles?.credentialsFor(arn) });
    clients.set(place, client);
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

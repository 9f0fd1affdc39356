import { DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { MemberLogging, MetricsLink } from 'cdk-bedrock-observability';
import type { Construct } from 'constructs';
import { PROFILE_ROLE } from './organization';

export interface MemberStackProps {
  /** The account that meters. */
  readonly central: string;
  /** The sinks of that account by Region, once they are deployed. Metrics are not shared without them. */
  readonly sinkArns?: Record<string, string>;
}

/** What each member has in each Region. One template for all: it names neither an account nor a Region of its own, and has no asset. */
export class MemberStack extends Stack {
  constructor(scope: Construct, id: string, { central, sinkArns = {} }: MemberStackProps) {
    // StackSets deploy to accounts that are not bootstrapped for the CDK.
    super(scope, id, { synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }), analyticsReporting: false });

    new MemberLogging(this, 'MemberLogging', {
      destinationAccount: central,
      profileReaderAccount: central,
      profileRoleName: PROFILE_ROLE,
    });
    if (Object.keys(sinkArns).length > 0) {
      new MetricsLink(this, 'Link', { sinkArns });
    }
  }
}

import { App } from 'aws-cdk-lib';
import { TeamsStack } from './teams-stack';

new TeamsStack(new App(), 'Teams', {
  // The profile that AWS has for the model. In us-east-1, for example, us.anthropic.claude-haiku-4-5-20251001-v1:0.
  systemProfileId: 'us.amazon.nova-lite-v1:0',
  teams: { Search: 200, Support: 1_000 },
});

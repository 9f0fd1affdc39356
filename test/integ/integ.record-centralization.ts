import { RecordCentralization } from '../../lib';
import { AccountTest } from './account-test';

// A rule needs an organization and its management account: write both here to run it.
const account = new AccountTest('RecordCentralization');
new RecordCentralization(account.stack, 'RecordCentralization', {
  organizationId: 'o-a1b2c3d4e5',
  regions: ['us-east-1'],
  destinationAccount: '999999999999',
  destinationRegion: 'us-east-1',
});

import { PriceCatalogue } from '../../lib';
import { AccountTest, GONE } from './account-test';

// The refresh that follows the deployment reads the real price list, and stores its catalogue.
const account = new AccountTest('PriceCatalogue');
const prices = new PriceCatalogue(account.stack, 'Prices', { metricNamespace: 'IntegPriceCatalogue', removalPolicy: GONE });
const { bucketName } = prices.bucket;
const refreshed = account.eventually(undefined, 's3', 'ListObjectsV2', { Bucket: bucketName }, { Contents: [{ Key: 'catalogue.ndjson' }] });
account.eventuallyMetric(refreshed, 'IntegPriceCatalogue', 'bedrock.prices.age.hours');

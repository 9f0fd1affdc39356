/** The account that publishes the layer in a Region, and the version of the layer there. */
export interface AdotLayerRow {
  readonly account: string;
  readonly version: string;
}

const PUBLISHER = '615299751070';

/**
 * The newest `AWSOpenTelemetryDistroJs` layer of each Region (distro 0.13.0). A new Region is one more row. Version numbers are
 * counted by Region. GovCloud has no such layer; the one of me-south-1 is several releases old and not known to run Node.js 24.
 *
 * Source: aws-otel/aws-otel.github.io, `src/config/lambdaLayerArns.js`, read on 2026-11-20.
 */
export const ADOT_JS_LAYERS: Readonly<Record<string, AdotLayerRow>> = {
  'af-south-1': { account: '904233096616', version: '16' },
  'ap-east-1': { account: '888577020596', version: '16' },
  'ap-east-2': { account: '412664885777', version: '5' },
  'ap-northeast-1': { account: PUBLISHER, version: '16' },
  'ap-northeast-2': { account: PUBLISHER, version: '16' },
  'ap-northeast-3': { account: PUBLISHER, version: '16' },
  'ap-south-1': { account: PUBLISHER, version: '16' },
  'ap-south-2': { account: '796973505492', version: '16' },
  'ap-southeast-1': { account: PUBLISHER, version: '16' },
  'ap-southeast-2': { account: PUBLISHER, version: '16' },
  'ap-southeast-3': { account: '039612877180', version: '16' },
  'ap-southeast-4': { account: '713881805771', version: '16' },
  'ap-southeast-5': { account: '152034782359', version: '9' },
  'ap-southeast-6': { account: '313828097273', version: '4' },
  'ap-southeast-7': { account: '980416031188', version: '9' },
  'ca-central-1': { account: PUBLISHER, version: '16' },
  'ca-west-1': { account: '595944127152', version: '9' },
  'cn-north-1': { account: '440179912924', version: '9' },
  'cn-northwest-1': { account: '440180067931', version: '9' },
  'eu-central-1': { account: PUBLISHER, version: '16' },
  'eu-central-2': { account: '156041407956', version: '16' },
  'eu-north-1': { account: PUBLISHER, version: '16' },
  'eu-south-1': { account: '257394471194', version: '16' },
  'eu-south-2': { account: '490004653786', version: '16' },
  'eu-west-1': { account: PUBLISHER, version: '16' },
  'eu-west-2': { account: PUBLISHER, version: '16' },
  'eu-west-3': { account: PUBLISHER, version: '16' },
  'il-central-1': { account: '746669239226', version: '16' },
  'me-central-1': { account: '739275441131', version: '16' },
  'mx-central-1': { account: '610118373846', version: '9' },
  'sa-east-1': { account: PUBLISHER, version: '16' },
  'us-east-1': { account: PUBLISHER, version: '16' },
  'us-east-2': { account: PUBLISHER, version: '16' },
  'us-west-1': { account: PUBLISHER, version: '16' },
  'us-west-2': { account: PUBLISHER, version: '16' },
};

/** The versions of `AWSOpenTelemetryDistroPython` (same source; no layer in me-south-1), by the same accounts. */
const PYTHON_VERSIONS: Readonly<Record<string, readonly string[]>> = {
  '33': ['us-west-1', 'us-west-2'],
  '29': ['us-east-1'],
  '26': [
    'us-east-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'sa-east-1',
  ],
  '25': ['ap-southeast-1'],
  '23': [
    'af-south-1',
    'ap-east-1',
    'ap-south-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'eu-central-2',
    'eu-south-1',
    'eu-south-2',
    'il-central-1',
  ],
  '22': ['me-central-1'],
  '14': ['ap-southeast-5', 'ap-southeast-7', 'ca-west-1', 'cn-north-1', 'cn-northwest-1', 'mx-central-1'],
  '4': ['ap-east-2'],
  '3': ['ap-southeast-6'],
};

export const ADOT_PYTHON_LAYERS: Readonly<Record<string, AdotLayerRow>> = Object.fromEntries(
  Object.entries(PYTHON_VERSIONS).flatMap(([version, regions]) =>
    regions.map((region) => [region, { account: ADOT_JS_LAYERS[region]!.account, version }]),
  ),
);

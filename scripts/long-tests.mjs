/** Tests that pack, bundle, draw, or run other processes many times: half of the time of all. Without CI=true they are left to CI. */
export const LONG_TESTS = [
  'test/alarms/(incidents|month)',
  'test/cli/(preview|same-records|surrounded-records|tarball)',
  'test/demo/index',
  'test/docs/(typescript|other)-blocks',
  'test/gate/(constructs|dead-code|stale-bundle)',
  'test/lambda/.*/(fault-matrix|matrix|life|otlp-export)',
  'test/lib/(every-prop|odd-apps)',
  'test/scripts/release',
];

/** Tests that put every construct into an app. `npm run quick` leaves them to `npm test`. */
export const BROAD_TESTS = [
  'test/lib/(app-settings|app-shapes|every-parameter|failed-deployment|function-options|observability-level|tokens|undefined)',
];

/** Lines that tools write beside the records, in no form of JSON. A new one is a new row. */
export const BESIDE_RECORDS: readonly RegExp[] = [
  // aws logs … --output text
  /^(?:SEARCHEDLOGSTREAMS|STATISTICS|QUERYLANGUAGE|NEXTTOKEN)\t|^RESULTS\t(?!@message\t)/,
  /^[bf]\/\d+(?:\/s)?(?:\t|$)/,
  /^(?:CWLI\t)?(?:Complete|Running|None)$/,
  // aws logs … --output yaml
  /^\s*(?:- )*(?:events|eventId|ingestionTime|logStreamName|timestamp|searched\w+|next\w*Token|queryLanguage|status): ?/,
  /^\s*(?:- )*(?:results|field|value|statistics|bytesScanned|records\w+|encryptionKey): ?[^{]*$/,
  /^\s*(?:- )*(?:message|value): [|>][-+]?\d?$/,
  // Times above records that were copied from the console
  /^\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?$/,
  // aws logs … --output table, and Logs Insights, copied as Markdown
  /^[|+]*-[-+]+[|+]*$/,
  /^\|(?:\s*@?\w+\s*\|)+$/,
  /^\|(?:\s*:?-+:?\s*\|)+$/,
  /^\|{2,}\s*(?!\s|@?message)[^{]*\|{2,}$/,
  // The first lines of CSV as Excel and Windows PowerShell write them
  /^sep=.$/,
  /^#TYPE [\w.]+$/,
  // Lists of Windows PowerShell
  /^(?:EventId|IngestionTime|LogStreamName|Timestamp) *: [^{]*$/,
  // Fences of Markdown, lines between documents, and tags of HTML and XML
  /^\s*(?:```|~~~)\w*$/,
  /^[-=*_#]{2,}$/,
  /^\s*<[^{]*>$/,
  // Changes as diff and git write them, and the heads of HTTP and of its events
  /^(?:\+\+\+|---|@@) /,
  /^HTTP\/[\d.]+ \d{3}/,
  /^(?:cache|connection|content|date|etag|server|transfer|vary|x)(?:-[\w-]+)?: [^{]*$/i,
  /^(?:event|id|retry): [^\s{]+$/,
  // What runs functions, and what Fluent Bit and logcli write first
  /^(?:START|END|REPORT|XRAY|INIT_START|INIT_REPORT) [\w ]*: ?[^{]*$/,
  /^Fluent Bit v[\d.]+$|^\* (?:Copyright \(C\)|Fluent Bit is|https:\/\/fluentbit\.io)/,
  /^\[\d{4}\/\d\d\/\d\d [\d:.]+\] \[ *\w+\] \[[^{]*$/,
  /^(?:Common labels|Line limit|Total bytes processed): /,
  // The debug exporter of the OpenTelemetry Collector
  /^(?:LogRecord|ResourceLog|ScopeLogs|InstrumentationScope)\b[^{]*$/,
  /^(?:ObservedTimestamp|Timestamp|Severity(?:Text|Number)|Trace ID|Span ID|Flags|\w+ SchemaURL|EventName|(?:Resource )?[Aa]ttributes):[^{]*$/,
  /^ +-> [\w.-]+: \w+\([^{]*\)$/,
];

/** Labels of Loki are JSON, too. Everything else with JSON in it may be a record. */
const LABELS = /^Common labels: /;

/** Whether a line is nothing but what a tool writes beside records. */
export const isBesideRecords = (line: string): boolean => {
  const text = line.trimEnd();
  return (!text.includes('{"') || LABELS.test(text)) && BESIDE_RECORDS.some((pattern) => pattern.test(text));
};

import { readId, readModel, readWord } from '../engine/agents/readers';
import { readObject, readText, valueAt, type Json } from '../engine/records/json';
import { ContentAttributes } from '../engine/telemetry/span-attributes';
import { Contents, message } from './content';
import type { TraceOptions } from './options';
import type { Pricing } from './pricing';
import type { RecordedRequest, Recorder } from './request-span';
import { requestIdIn } from './sdk-command';
import { attributesOf, type SpanFacts } from './span-facts';

/** Retrieve, RetrieveAndGenerate and its stream as a `retrieval` span. Bedrock tells no tokens of their model calls. */
export class RetrievalRecorder implements Recorder {
  public readonly name: string;
  public readonly facts: SpanFacts;
  private readonly contents: Contents;
  private readonly answer: string[] = [];
  private requestId?: string;
  private sessionId?: string;
  private documents = 0;
  private guardrailAction?: string;

  constructor(
    input: Json,
    private readonly options: TraceOptions,
    private readonly pricing: Pricing,
  ) {
    const configuration = readObject(input.retrieveAndGenerateConfiguration);
    const chosen = readObject(configuration?.knowledgeBaseConfiguration) ?? readObject(configuration?.externalSourcesConfiguration);
    const knowledgeBaseId = readId(input.knowledgeBaseId ?? chosen?.knowledgeBaseId);
    this.sessionId = options.sessionId ?? readId(input.sessionId);
    this.name = knowledgeBaseId === undefined ? 'retrieval' : `retrieval ${knowledgeBaseId}`;
    this.facts = {
      ...{ role: 'retrieval', operation: 'retrieval', knowledgeBaseId, sessionId: this.sessionId, region: options.region },
      model: readModel(chosen?.modelArn),
      guardrailId: readId(
        valueAt(input, 'guardrailConfiguration.guardrailId') ??
          valueAt(chosen, 'generationConfiguration.guardrailConfiguration.guardrailId'),
      ),
    };
    this.contents = new Contents(options);
    const query = readObject(input.input) ?? readObject(input.retrievalQuery);
    this.contents.add('retrieval', ContentAttributes.RETRIEVAL_QUERY, () => query?.text);
  }

  public respond(response: unknown): void {
    this.requestId = requestIdIn(response);
    const body = readObject(response) ?? {};
    this.sessionId ??= readId(body.sessionId);
    if (Array.isArray(body.retrievalResults)) this.addDocuments(body.retrievalResults);
    this.guardrailAction = readWord(body.guardrailAction);
    if (Array.isArray(body.citations)) body.citations.forEach((citation) => this.addCitation(citation));
    this.addText(body.output);
  }

  public see(event: unknown): void {
    const { output, citation, guardrail } = readObject(event) ?? {};
    this.addText(output);
    if (citation) this.addCitation(readObject(citation)?.citation ?? citation);
    this.guardrailAction = readWord(readObject(guardrail)?.action) ?? this.guardrailAction;
  }

  public async finish({ span, firstChunkSeconds }: RecordedRequest): Promise<void> {
    const { requestId, sessionId, documents, guardrailAction } = this;
    const region = this.options.region ?? (await this.pricing.region);
    if (this.answer.length > 0) this.contents.add('output', ContentAttributes.OUTPUT, () => message('assistant', this.answer.join('')));
    span.setAttributes({
      ...attributesOf({ ...this.facts, requestId, sessionId, documents, guardrailAction, region, firstChunkSeconds }, this.options),
      ...this.contents.attributes,
    });
  }

  private addText(output: unknown): void {
    const text = this.contents.wants('output') ? readText(readObject(output)?.text) : undefined;
    if (text !== undefined) this.answer.push(text);
  }

  private addCitation(citation: unknown): void {
    const references = readObject(citation)?.retrievedReferences;
    if (Array.isArray(references)) this.addDocuments(references);
  }

  private addDocuments(documents: readonly unknown[]): void {
    this.documents += documents.length;
    this.contents.add('retrieval', ContentAttributes.RETRIEVAL_DOCUMENTS, () => documents);
  }
}

import { readNumber, readObject, readText, type Json } from '../engine/records/json';
import { readId, readWord } from '../engine/agents/readers';
import { ContentAttributes } from '../engine/telemetry/span-attributes';
import { type Contents, message } from './content';
import type { SpanFacts } from './span-facts';

/** Reads from one step what belongs on its span. */
type StepReader = (step: Json, contents: Contents) => Partial<SpanFacts> | undefined;

const ALIAS = /:agent-alias\/([\w-]+)\//;

/** What is read, by the member of the step. A step that is not listed adds nothing. */
const READERS: Readonly<Record<string, StepReader>> = {
  inferenceConfiguration: ({ inferenceConfiguration, text }, contents) => {
    contents.add('input', ContentAttributes.INPUT, () => message('user', text));
    const settings = readObject(inferenceConfiguration);
    return {
      maxTokens: readNumber(settings?.maximumLength),
      temperature: readNumber(settings?.temperature),
      topP: readNumber(settings?.topP),
    };
  },
  rawResponse: ({ rawResponse }, contents) => {
    const content = readText(readObject(rawResponse)?.content);
    contents.add('output', ContentAttributes.OUTPUT, () => message('assistant', content));
    const reason = /"(?:stop_reason|stopReason)"\s*:\s*"(\w{1,64})"/.exec(content?.slice(-4096) ?? '')?.[1];
    return reason === undefined ? undefined : { finishReasons: [reason] };
  },
  actionGroupInvocationInput: ({ actionGroupInvocationInput }, contents) => {
    const { parameters, requestBody, executionType } = readObject(actionGroupInvocationInput) ?? {};
    contents.add('tools', ContentAttributes.TOOL_ARGUMENTS, () => parameters ?? requestBody);
    return { toolType: executionType === 'RETURN_CONTROL' ? 'function' : 'extension' };
  },
  actionGroupInvocationOutput: ({ actionGroupInvocationOutput }, contents) => {
    contents.add('tools', ContentAttributes.TOOL_RESULT, () => readObject(actionGroupInvocationOutput)?.text);
    return undefined;
  },
  codeInterpreterInvocationInput: ({ codeInterpreterInvocationInput }, contents) => {
    contents.add('tools', ContentAttributes.TOOL_ARGUMENTS, () => readObject(codeInterpreterInvocationInput)?.code);
    return { toolType: 'extension' };
  },
  codeInterpreterInvocationOutput: ({ codeInterpreterInvocationOutput }, contents) => {
    contents.add('tools', ContentAttributes.TOOL_RESULT, () => readObject(codeInterpreterInvocationOutput)?.executionOutput);
    return undefined;
  },
  knowledgeBaseLookupInput: ({ knowledgeBaseLookupInput }, contents) => {
    const { knowledgeBaseId, text } = readObject(knowledgeBaseLookupInput) ?? {};
    contents.add('retrieval', ContentAttributes.RETRIEVAL_QUERY, () => text);
    return { knowledgeBaseId: readId(knowledgeBaseId) };
  },
  knowledgeBaseLookupOutput: ({ knowledgeBaseLookupOutput }, contents) => {
    const references = readObject(knowledgeBaseLookupOutput)?.retrievedReferences;
    contents.add('retrieval', ContentAttributes.RETRIEVAL_DOCUMENTS, () => references);
    return { documents: Array.isArray(references) ? references.length : undefined };
  },
  agentCollaboratorInvocationInput: ({ agentCollaboratorInvocationInput }) => {
    const { agentCollaboratorName, agentCollaboratorAliasArn } = readObject(agentCollaboratorInvocationInput) ?? {};
    return { agentName: readWord(agentCollaboratorName), agentId: ALIAS.exec(readText(agentCollaboratorAliasArn) ?? '')?.[1] };
  },
  action: ({ action }) => ({ guardrailAction: readWord(action) }),
};

/** What the steps of a response say about one span, beyond what the engine reads. */
export function readStep(step: Json, contents: Contents): Partial<SpanFacts> {
  const found = Object.keys(READERS).flatMap((member) => (step[member] === undefined ? [] : (READERS[member]!(step, contents) ?? [])));
  return Object.assign({}, ...found) as Partial<SpanFacts>;
}

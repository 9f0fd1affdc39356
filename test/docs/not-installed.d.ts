/** What examples import and this repository does not install. */
declare module '@opentelemetry/sdk-node' {
  export class NodeSDK {
    start(): void;
    shutdown(): Promise<void>;
  }
}

declare module '@aws-sdk/client-bedrock-agentcore' {
  interface Input {
    readonly agentRuntimeArn: string;
    readonly payload: Uint8Array;
    readonly traceParent?: string;
    readonly traceState?: string;
    readonly baggage?: string;
  }
  export class BedrockAgentCoreClient {
    constructor(configuration: object);
    send(command: InvokeAgentRuntimeCommand): Promise<object>;
  }
  export class InvokeAgentRuntimeCommand {
    constructor(input: Input);
  }
}

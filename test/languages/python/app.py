from aws_cdk import App, Stack
from cdk_bedrock_observability import BedrockObservability

app = App()
stack = Stack(app, "Languages")
BedrockObservability(stack, "BedrockObservability")
app.synth()

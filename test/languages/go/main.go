package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	bedrock "github.com/cdk-bedrock-observability/cdk-bedrock-observability-go/cdkbedrockobservability"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Languages"), nil)
	bedrock.NewBedrockObservability(stack, jsii.String("BedrockObservability"), nil)
	app.Synth(nil)
}

package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"
	bedrock "github.com/cdk-bedrock-observability/cdk-bedrock-observability-go/cdkbedrockobservability"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("BedrockObservability"), nil)
	onCall := bedrock.NewAlarmTopic(stack, jsii.String("OnCall"), &bedrock.AlarmTopicProps{
		EmailAddresses: jsii.Strings("on-call@example.com"),
	})

	observability := bedrock.NewBedrockObservability(stack, jsii.String("BedrockObservability"), &bedrock.BedrockObservabilityProps{
		InvocationLogging: &bedrock.InvocationLoggingProps{
			Content:   bedrock.ContentCapture_METADATA_ONLY(),
			Retention: awslogs.RetentionDays_THREE_MONTHS,
		},
		CostMeter: &bedrock.CostMeterOptions{
			Dimensions: &[]bedrock.MeterDimension{bedrock.MeterDimension_CALLER()},
			Ledger: bedrock.Ledger_PerCall(&bedrock.PerCallLedgerOptions{
				RequestMetadataKeys: jsii.Strings("team"),
			}),
		},
		DefaultAlarms: &bedrock.DefaultAlarmRulesOptions{Thresholds: &map[string]*float64{"ErrorRate": jsii.Number(10)}},
		AlarmRouting:  &bedrock.AlarmRouting{Critical: &[]awscloudwatch.IAlarmAction{onCall}},
	})
	awscdk.NewCfnOutput(stack, jsii.String("LedgerLogGroup"), &awscdk.CfnOutputProps{
		Value: observability.CostMeter().LedgerLogGroup().LogGroupName(),
	})

	app.Synth(nil)
}

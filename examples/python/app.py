#!/usr/bin/env python3
import aws_cdk as cdk
from aws_cdk import aws_logs as logs
from cdk_bedrock_observability import (
    AlarmRouting,
    AlarmTopic,
    BedrockObservability,
    ContentCapture,
    CostMeterOptions,
    DefaultAlarmRulesOptions,
    InvocationLoggingProps,
    Ledger,
    MeterDimension,
)

app = cdk.App()
stack = cdk.Stack(app, "BedrockObservability")
on_call = AlarmTopic(stack, "OnCall", email_addresses=["on-call@example.com"])

bedrock = BedrockObservability(
    stack,
    "BedrockObservability",
    invocation_logging=InvocationLoggingProps(
        content=ContentCapture.METADATA_ONLY,
        retention=logs.RetentionDays.THREE_MONTHS,
    ),
    cost_meter=CostMeterOptions(
        dimensions=[MeterDimension.CALLER],
        ledger=Ledger.per_call(request_metadata_keys=["team"]),
    ),
    default_alarms=DefaultAlarmRulesOptions(thresholds={"ErrorRate": 10}),
    alarm_routing=AlarmRouting(critical=[on_call]),
)
cdk.CfnOutput(stack, "LedgerLogGroup", value=bedrock.cost_meter.ledger_log_group.log_group_name)

app.synth()

package com.example;

import io.github.cdkbedrockobservability.AlarmRouting;
import io.github.cdkbedrockobservability.AlarmTopic;
import io.github.cdkbedrockobservability.BedrockObservability;
import io.github.cdkbedrockobservability.ContentCapture;
import io.github.cdkbedrockobservability.CostMeterOptions;
import io.github.cdkbedrockobservability.DefaultAlarmRulesOptions;
import io.github.cdkbedrockobservability.InvocationLoggingProps;
import io.github.cdkbedrockobservability.Ledger;
import io.github.cdkbedrockobservability.MeterDimension;
import io.github.cdkbedrockobservability.PerCallLedgerOptions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.logs.RetentionDays;

public final class App {
    public static void main(final String[] args) {
        software.amazon.awscdk.App app = new software.amazon.awscdk.App();
        Stack stack = new Stack(app, "BedrockObservability");
        AlarmTopic onCall = AlarmTopic.Builder.create(stack, "OnCall")
                .emailAddresses(List.of("on-call@example.com"))
                .build();

        BedrockObservability bedrock = BedrockObservability.Builder.create(stack, "BedrockObservability")
                .invocationLogging(InvocationLoggingProps.builder()
                        .content(ContentCapture.METADATA_ONLY)
                        .retention(RetentionDays.THREE_MONTHS)
                        .build())
                .costMeter(CostMeterOptions.builder()
                        .dimensions(List.of(MeterDimension.CALLER))
                        .ledger(Ledger.perCall(PerCallLedgerOptions.builder()
                                .requestMetadataKeys(List.of("team"))
                                .build()))
                        .build())
                .defaultAlarms(DefaultAlarmRulesOptions.builder().thresholds(Map.of("ErrorRate", 10)).build())
                .alarmRouting(AlarmRouting.builder().critical(List.of(onCall)).build())
                .build();
        CfnOutput.Builder.create(stack, "LedgerLogGroup")
                .value(bedrock.getCostMeter().getLedgerLogGroup().getLogGroupName())
                .build();

        app.synth();
    }

    private App() {}
}

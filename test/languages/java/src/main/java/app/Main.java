package app;

import io.github.cdkbedrockobservability.BedrockObservability;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

public final class Main {
    public static void main(final String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "Languages");
        new BedrockObservability(stack, "BedrockObservability");
        app.synth();
    }
}

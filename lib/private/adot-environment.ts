/** Names of GenAI spans as in v1.37 and later, and no text unless it is asked for. */
export const GENAI_ENVIRONMENT = (content: boolean): Record<string, string> => ({
  OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental',
  OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: String(content),
  // ADOT writes the id of the access key on spans of AWS calls. Read by the distro for Python from 0.21.
  AWS_REDACT_SPAN_ATTRIBUTES: 'aws.auth.account.access_key',
});

/** The distro for Python is only chosen by its wrapper where Application Signals is on. */
export const PYTHON_ENVIRONMENT: Record<string, string> = {
  OTEL_PYTHON_DISTRO: 'aws_distro',
  OTEL_PYTHON_CONFIGURATOR: 'aws_configurator',
};

import { guardrailUnits } from '../../../engine/records/guardrail-units';

const assessment = (usage: object) => ({ topicPolicy: { topics: [] }, invocationMetrics: { usage } });
const units = (outputBody: unknown) => guardrailUnits(outputBody, []);

test.each([
  ['Converse', { trace: { guardrail: { inputAssessment: { gr1: assessment({ topicPolicyUnits: 2, contentPolicyUnits: 3 }) } } } }],
  [
    'a stream of Converse',
    [{}, { metadata: { trace: { guardrail: { inputAssessment: { gr1: assessment({ topicPolicyUnits: 2, contentPolicyUnits: 3 }) } } } } }],
  ],
  [
    'InvokeModel',
    {
      'amazon-bedrock-trace': {
        guardrail: { input: { gr1: assessment({ topicPolicyUnits: 2, contentPolicyUnits: 3, wordPolicyUnits: 0 }) } },
      },
    },
  ],
])('are read from the trace of %s', (_, body) => {
  expect(units(body)).toEqual({ topicPolicyUnit: 2, contentPolicyUnit: 3 });
});

test('are added up over input, every output and every guardrail', () => {
  const guardrail = {
    inputAssessment: { gr1: assessment({ topicPolicyUnits: 1 }), gr2: assessment({ topicPolicyUnits: 10 }) },
    outputAssessments: { gr1: [assessment({ topicPolicyUnits: 100 }), assessment({ sensitiveInformationPolicyUnits: 4 })] },
  };
  expect(units({ trace: { guardrail } })).toEqual({ topicPolicyUnit: 111, sensitiveInformationUnit: 4 });
});

test('of a stream are those of the last trace', () => {
  const chunk = (topicPolicyUnits: number) => ({
    'amazon-bedrock-trace': { guardrail: { outputs: [{ gr1: assessment({ topicPolicyUnits }) }] } },
  });
  expect(units([chunk(1), {}, chunk(3), {}])).toEqual({ topicPolicyUnit: 3 });
});

test.each([undefined, null, 'text', [], {}, { trace: 'text' }, { trace: { guardrail: { inputAssessment: 'text' } } }])(
  'are absent without a trace: %j',
  (body) => {
    expect(units(body)).toBeUndefined();
  },
);

test('that cannot be read are flagged, and the others count', () => {
  const flags: string[] = [];
  const usage = { topicPolicyUnits: -1, contentPolicyUnits: 2, __proto__: { wordPolicyUnits: 5 } };
  expect(guardrailUnits({ trace: { guardrail: { inputAssessment: { gr1: assessment(usage) } } } }, flags)).toMatchObject({
    contentPolicyUnit: 2,
  });
  expect(flags).toEqual(['unreadableGuardrailUnits']);
});

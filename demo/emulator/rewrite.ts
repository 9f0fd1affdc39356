import { createHash } from 'node:crypto';
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

export interface Template {
  Resources: Record<string, Resource>;
}

/** A resource, or a property of one, that the emulator stores without acting on it. */
export interface NotEmulated {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly what: string;
}

/** Properties that the emulator stores without acting on them, of types that it knows. */
const STORED_ONLY: readonly { readonly type: string; readonly property: string; readonly what: string }[] = [
  { type: 'AWS::Logs::LogGroup', property: 'DataProtectionPolicy', what: 'masking of sensitive data is stored, not applied' },
  { type: 'AWS::Logs::LogGroup', property: 'KmsKeyId', what: 'encryption is stored, not applied' },
  { type: 'AWS::Lambda::Function', property: 'Layers', what: 'layers are not loaded: the function writes no traces' },
];

/**
 * Actions that the emulator does not allow on the resources that AWS asks for. Of a log group it compares the ARN without the `:*` at its
 * end, with which IAM policies name it: CloudWatch Logs API reference, LogGroup.
 */
const UNSCOPED_ACTIONS: ReadonlySet<string> = new Set(['ssm:GetParametersByPath', 'logs:FilterLogEvents']);

/**
 * Makes a copy of a cloud assembly that the emulator can deploy. A resource of an unknown type becomes a custom resource with
 * the original inside, so that references, outputs and dashboards stay valid. Deployment roles are removed, because the
 * emulator refuses them; the assembly is then as CliCredentialsStackSynthesizer makes it.
 */
export async function rewriteAssembly(
  from: string,
  to: string,
  unknownTypes: ReadonlySet<string>,
  serviceToken: string,
): Promise<NotEmulated[]> {
  await cp(from, to, { recursive: true });
  const report: NotEmulated[] = [];
  const rehashed = new Map<string, string>();

  for (const [stack, file] of await stackTemplates(to)) {
    const before = await readFile(path.join(to, file), 'utf8');
    const template = JSON.parse(before) as Template;
    report.push(...rewriteTemplate(stack, template, unknownTypes, serviceToken));
    const after = JSON.stringify(template, undefined, 1);
    await writeFile(path.join(to, file), after);
    rehashed.set(hashOf(before), hashOf(after));
  }

  const manifests = (await readdir(to)).filter((name) => name === 'manifest.json' || name.endsWith('.assets.json'));
  for (const name of manifests) {
    let text = await readFile(path.join(to, name), 'utf8');
    for (const [old, fresh] of rehashed) {
      text = text.replaceAll(old, fresh);
    }
    await writeFile(path.join(to, name), JSON.stringify(JSON.parse(text, withoutRoles), undefined, 1));
  }
  return report;
}

/** All resource types of an assembly without custom resources. */
export async function typesOf(assembly: string): Promise<string[]> {
  const types = new Set<string>();
  for (const [, file] of await stackTemplates(assembly)) {
    const template = JSON.parse(await readFile(path.join(assembly, file), 'utf8')) as Template;
    for (const { Type } of Object.values(template.Resources)) {
      types.add(Type);
    }
  }
  return [...types].filter((type) => !type.startsWith('Custom::')).sort();
}

/** Rewrites one template in place, and returns what of it the emulator only stores. */
export function rewriteTemplate(stack: string, template: Template, unknownTypes: ReadonlySet<string>, serviceToken: string): NotEmulated[] {
  const text = JSON.stringify(template);
  const report: NotEmulated[] = [];
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const { Type: type, Properties: properties = {} } = resource;
    const add = (what: string) => report.push({ stack, logicalId, type, what });
    if (allowEverywhere(properties)) {
      add('permissions for some actions are checked without their resources');
    }
    if (unknownTypes.has(type)) {
      add(
        type === 'AWS::CloudWatch::CompositeAlarm'
          ? 'created through the API, its suppressor is honoured by the demo'
          : 'accepted, not emulated',
      );
    } else if (type === 'AWS::CloudWatch::Alarm' && (properties.WarmUpConfiguration ?? properties.EvaluationWindow) !== undefined) {
      add('warm-up and wall clock are honoured by the demo instead');
    } else if (type === 'AWS::CloudWatch::Alarm' && properties.Metrics !== undefined) {
      const band = JSON.stringify(properties.Metrics).includes('ANOMALY_DETECTION_BAND');
      add(band ? 'anomaly bands are not evaluated' : 'metric math is evaluated by the demo instead');
    } else {
      STORED_ONLY.filter((row) => row.type === type && row.property in properties).forEach((row) => add(row.what));
      continue;
    }
    resource.Type = `Custom::NotInEmulator-${type.split('::').slice(1).join('-')}`.slice(0, 60);
    resource.Properties = {
      ServiceToken: serviceToken,
      ServiceTimeout: 60,
      OriginalType: type,
      Original: properties,
      Attributes: attributesRead(text, logicalId),
    };
  }
  return report;
}

/** Gives each policy statement with an unscoped action all resources. Returns whether there is one. */
function allowEverywhere(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const statement = value as Record<string, unknown>;
  if ([statement.Action].flat().some((action) => UNSCOPED_ACTIONS.has(String(action)))) {
    statement.Resource = '*';
    return true;
  }
  return Object.values(statement)
    .map(allowEverywhere)
    .some((found) => found);
}

/** The attributes of a resource that the template reads; the stand-in must return each of them. */
function attributesRead(template: string, logicalId: string): string[] {
  const reads = template.matchAll(new RegExp(`"Fn::GetAtt":\\["${logicalId}","([^"]+)"\\]|\\$\\{${logicalId}\\.([^}]+)\\}`, 'g'));
  return [...new Set([...reads].map((match) => match[1] ?? match[2] ?? ''))].sort();
}

async function stackTemplates(assembly: string): Promise<[stack: string, file: string][]> {
  const manifest = JSON.parse(await readFile(path.join(assembly, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, { type: string; properties?: { templateFile?: string } }>;
  };
  return Object.entries(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([stack, artifact]) => [stack, artifact.properties?.templateFile ?? `${stack}.template.json`]);
}

/** JSON.parse reviver: a member for which it returns undefined is deleted. */
function withoutRoles(key: string, value: unknown): unknown {
  return ['assumeRoleArn', 'cloudFormationExecutionRoleArn', 'lookupRole'].includes(key) ? undefined : value;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { checkTemplates } from '../preview/templates';
import { Command, Option } from 'commander';
import { ExitCode } from '../failure';
import { notice, noticeStream } from '../notices';
import { choiceOption } from '../options/choice-option';
import { catalogueOption } from '../options/shared-options';
import { Progress } from '../progress';
import { printable } from '../terminal';

const FORMATS = ['html', 'png'] as const;

export interface PreviewOptions {
  readonly app?: string;
  readonly template?: string;
  readonly records?: string[];
  readonly catalogue?: string;
  readonly out: string;
  readonly format: (typeof FORMATS)[number];
  readonly seed: string;
}

/** `preview`: shows the dashboards of an app before it is deployed. */
export function previewCommand(): Command {
  return new Command('preview')
    .description('show the dashboards of a CDK app or template, without an AWS account')
    .addOption(new Option('--app <command>', 'the command that runs the CDK app (default: that of cdk.json)').conflicts('template'))
    .option('--template <file>', 'a synthesized template, or a folder of them such as cdk.out')
    .option('--records <path...>', 'your own exported invocation logs, instead of an example company')
    .addOption(catalogueOption())
    .option('--out <folder>', 'where the page or the pictures go, or - for the page on stdout', 'preview')
    .addOption(
      choiceOption(
        '--format <format>',
        'one page, or pictures of each dashboard in light and dark, which need puppeteer-core and Chrome',
        FORMATS,
      ).default('html'),
    )
    .option('--seed <number>', 'another example company', '1')
    .action(async (options: PreviewOptions) => {
      checkTemplates(options);
      // Charts take longer to load than everything else, and only this command has them.
      const { preview } = await import('./preview.lazy.js');
      const progress = new Progress(noticeStream());
      const { files, problems, isComplete, notes } = await preview(options, (text) => progress.show(() => text)).finally(() =>
        progress.erase(),
      );
      for (const { dashboard, widget, text } of notes) {
        notice(`note: ${dashboard}, ${widget}: ${text}`);
      }
      for (const { dashboard, widget, text } of problems) {
        notice(`problem: ${dashboard}, ${widget}: ${text}`);
      }
      files.forEach((file) => process.stdout.write(`${printable(file)}\n`));
      if (problems.length > 0 || !isComplete) {
        process.exitCode = ExitCode.INCOMPLETE;
      }
    });
}

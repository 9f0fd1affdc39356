import MarkdownIt from 'markdown-it';
import { escape, type Box, round, widthOf } from './svg';
import type { Theme } from './theme';

interface Word {
  readonly text: string;
  readonly weight: number;
  readonly color: string;
  readonly size: number;
}

const HEADING_SIZES: Readonly<Record<string, number>> = { h1: 22, h2: 19, h3: 16, h4: 14 };
const TEXT_SIZE = 12.5;

const markdown = new MarkdownIt();

/** Draws the markdown of a text widget: headings, paragraphs, lists, bold, code and links. */
export function drawMarkdown(source: string, box: Box, theme: Theme): string {
  let y = box.y + 12;
  let size = TEXT_SIZE;
  let bullet = '';
  const lines: string[] = [];
  for (const token of markdown.parse(source, {})) {
    if (token.type === 'heading_open') {
      size = HEADING_SIZES[token.tag] ?? 14;
    } else if (token.type === 'list_item_open') {
      bullet = '•  ';
    } else if (token.type === 'inline') {
      const words = wordsOf(token.children ?? [], size, theme);
      for (const line of wrap([...(bullet ? [{ ...plainWord(bullet, theme), size }] : []), ...words], box.width - 32)) {
        y += size * 1.42;
        lines.push(lineOf(line, box.x + 16, y));
      }
      bullet = '';
    } else if (token.type === 'heading_close' || token.type === 'paragraph_close') {
      y += size * 0.3;
      size = TEXT_SIZE;
    }
  }
  return lines.join('');
}

const plainWord = (text: string, theme: Theme): Word => ({ text, weight: 400, color: theme.text, size: TEXT_SIZE });

function wordsOf(tokens: ReturnType<MarkdownIt['parse']>, size: number, theme: Theme): Word[] {
  const heading = size > TEXT_SIZE;
  let weight = heading ? 650 : 400;
  let color = heading ? theme.text : theme.quiet;
  return tokens.flatMap((token) => {
    switch (token.type) {
      case 'strong_open':
        weight = 650;
        return [];
      case 'strong_close':
        weight = heading ? 650 : 400;
        return [];
      case 'link_open':
        color = theme.accent;
        return [];
      case 'link_close':
        color = heading ? theme.text : theme.quiet;
        return [];
      case 'softbreak':
      case 'hardbreak':
        return [{ text: '\n', weight, color, size }];
      default:
        return token.content.split(/(?<= )/).map((text) => ({ text, weight, color, size }));
    }
  });
}

function wrap(words: readonly Word[], width: number): Word[][] {
  const lines: Word[][] = [[]];
  let used = 0;
  for (const word of words) {
    const wide = widthOf(word.text, word.size) * 0.96;
    if (word.text === '\n' || used + wide > width) {
      lines.push([]);
      used = 0;
    }
    if (word.text !== '\n') {
      lines.at(-1)!.push(word);
      used += wide;
    }
  }
  return lines;
}

function lineOf(words: readonly Word[], x: number, y: number): string {
  const spans = words.map(
    ({ text, weight, color, size }) =>
      `<tspan font-size="${size}" fill="${color}"${weight === 400 ? '' : ` font-weight="${weight}"`}>${escape(text)}</tspan>`,
  );
  return `<text x="${round(x)}" y="${round(y)}" xml:space="preserve">${spans.join('')}</text>`;
}

import MarkdownIt from 'markdown-it';
import type { Widget } from './dashboard-body';
import { Markup, markup } from './markup';
import type { WidgetContent } from './widget-content';

/** HTML within markdown is shown as text. Pictures are not loaded: the page needs nothing but itself. */
const markdown = new MarkdownIt({ html: false }).disable('image');

export function textContent({ properties }: Widget): WidgetContent {
  return { content: markup`<div class="markdown">${new Markup(markdown.render(properties.markdown ?? ''))}</div>` };
}

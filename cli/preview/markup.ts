const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A piece of HTML that is safe to be put into a page as it is. */
export class Markup {
  constructor(private readonly html: string) {}

  public toString(): string {
    return this.html;
  }
}

type Part = Markup | string | number | undefined | readonly Part[];

/** HTML from a template. Every text between its tags or quotes is escaped; only other markup is not. */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(template.reduce((html, piece, index) => html + htmlOf(parts[index - 1]) + piece));
}

function htmlOf(part: Part): string {
  if (part === undefined) {
    return '';
  }
  if (part instanceof Markup) {
    return part.toString();
  }
  if (typeof part === 'object') {
    return part.map(htmlOf).join('');
  }
  return String(part).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

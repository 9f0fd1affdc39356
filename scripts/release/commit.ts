/** One commit as the changelog sees it. */
export interface Commit {
  readonly hash: string;
  /** The type of Conventional Commits 1.0.0 (`feat`, `fix`, …), empty for any other message. */
  readonly type: string;
  readonly subject: string;
  /** What breaks: the text of the footer `BREAKING CHANGE:`, or the subject where only `!` marks it. */
  readonly breaking?: string;
}

const HEADER = /^(?<type>[a-z]+)(?:\([^)]*\))?(?<mark>!?): (?<subject>.+)$/;
const BREAKING_FOOTER = /^BREAKING[ -]CHANGE: (?<text>.+)$/m;

/** Reads one message of Conventional Commits 1.0.0, https://www.conventionalcommits.org/en/v1.0.0/. */
export function parseCommit(hash: string, message: string): Commit {
  const [header = ''] = message.split('\n', 1);
  const { type = '', mark = '', subject = header } = HEADER.exec(header)?.groups ?? {};
  const breaking = BREAKING_FOOTER.exec(message)?.groups?.text ?? (mark === '!' ? subject : undefined);
  return { hash, type, subject, ...(breaking === undefined ? {} : { breaking }) };
}

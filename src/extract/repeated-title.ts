/** Text without its title repeated at its start: as a line of its own, or before a colon, a dash or a full stop. */
export function withoutRepeatedTitle(text: string, title: string): string {
  const end = text.indexOf('\n');
  const firstLine = end === -1 ? '' : text.slice(0, end);
  // A page's heading is often its title without the site's name.
  if (firstLine !== '' && title.startsWith(firstLine)) return text.slice(end + 1);
  if (title === '' || !text.startsWith(title)) return text;
  const rest = text.slice(title.length);
  if (rest.trim() === '') return '';
  // `Bank hacked` in front of `Bank hacked by insiders` is the beginning of a sentence, not the title again.
  return /^\s*[\n.:–—|-]/u.test(rest) ? rest.replace(/^[\s.:–—|-]+/u, '') : text;
}

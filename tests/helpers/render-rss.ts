export interface RssItem {
  id: string;
  title: string;
  link: string;
  text: string;
  published: Date;
}

/** A plain RSS 2.0 feed, as most publishers' systems write it. */
export function renderRss(title: string, items: RssItem[]): string {
  const entries = items.map(
    (
      item,
    ) => `<item><guid isPermaLink="false">${escapeXml(item.id)}</guid><title>${escapeXml(item.title)}</title>
<link>${escapeXml(item.link)}</link><pubDate>${item.published.toUTCString()}</pubDate>
<description>${escapeXml(item.text)}</description></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>${escapeXml(title)}</title><link>https://outlet.example/</link><description/>${entries.join('\n')}</channel></rss>`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

import { expect, it } from 'vitest';
import { discoverFeeds } from '../../src/feeds/discover-feeds.ts';

const PAGE = 'https://news.example/ar/index.html';

it('gives the feeds that a page announces first, those of comments last of them, then the usual places', () => {
  const found = discoverFeeds(
    `<html><head><base href="/feeds/">
      <link rel="alternate" type="application/rss+xml" title="Comments Feed" href="comments.xml">
      <link rel="Alternate" type="Application/RSS+XML; charset=utf-8" title="الأخبار" href="news.xml">
      <link rel="alternate" type="application/atom+xml" href="https://other.example/atom">
      <link rel="alternate" hreflang="en" href="/en/">
      <link rel="stylesheet" type="text/css" href="x.css">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
    </head></html>`,
    PAGE,
  );
  expect(found.slice(0, 4)).toEqual([
    'https://news.example/feeds/news.xml',
    'https://other.example/atom',
    'https://news.example/feeds/comments.xml',
    'https://news.example/feed',
  ]);
  expect(new Set(found).size).toBe(found.length);
});

it('tries the usual places of a site that announces none', () => {
  expect(discoverFeeds('<p>Hello', PAGE)).toContain('https://news.example/rss.xml');
  expect(discoverFeeds('', PAGE)).toContain('https://news.example/atom.xml');
});

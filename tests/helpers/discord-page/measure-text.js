/**
 * Runs in the browser. Where each visible character of every element that `selector` finds stands on the page.
 * A character is a letter with its marks; spaces and characters that show nothing are left out.
 */
globalThis.measureText = (selector) => {
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const invisible = /^[\s\p{Cf}]+$/u;
  const measureNode = (node) => {
    const glyphs = [];
    for (const { segment, index } of graphemes.segment(node.data)) {
      if (invisible.test(segment)) continue;
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      glyphs.push({ text: segment, left, right, top, bottom });
    }
    return glyphs;
  };
  return Array.from(document.querySelectorAll(selector), (element) => {
    const glyphs = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) glyphs.push(...measureNode(walker.currentNode));
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const left = box.left + Number.parseFloat(style.paddingLeft);
    const right = box.right - Number.parseFloat(style.paddingRight);
    return { glyphs, left, right };
  });
};

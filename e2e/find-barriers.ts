import axe from 'axe-core';
import type { Page } from 'playwright-core';

const rules = {
  all: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  layout: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'page-has-heading-one', 'bypass'],
  colours: ['color-contrast'],
};

/**
 * What axe finds wrong with a page as it stands. With `about` it looks at what another width may change alone, or at
 * contrast: all that another colour scheme changes.
 */
export async function findBarriers(page: Page, about: keyof typeof rules = 'all'): Promise<string[]> {
  // The page's own policy lets no script in; the browser's debugger may.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    // What the browser skips since it is out of sight keeps the colours it was last drawn in, of another scheme perhaps.
    const drawn = new CSSStyleSheet();
    drawn.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets.push(drawn);
    // A colour on its way to another one is neither.
    const moving = document
      .getAnimations()
      .filter((it) => it.playState === 'running' && Number.isFinite(it.effect?.getComputedTiming().endTime));
    // Not for ever: one that begins anew, or whose element is hidden, may never say that it ended.
    const longEnough = new Promise((resolve) => setTimeout(resolve, 2_000));
    await Promise.race([Promise.allSettled(moving.map((it) => it.finished)), longEnough]);
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly });
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== drawn);
    return violations.map(
      ({ id, nodes }) =>
        `${id} at ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(', ')}`,
    );
  }, rules[about]);
}

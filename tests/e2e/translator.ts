// A page translator as Chrome's works: it takes each text out of the page and puts its own nodes in its place,
// `<font><font>…</font></font>`, keeps to `translate="no"`, and goes on with whatever text comes later. Its
// language is English in full-width letters, so that one can read back what it translated.
import type { Page } from 'playwright-core';

/** A text in the translator's language. */
export const translated = (text: string) =>
  text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
/** And back. */
export const original = (text: string) =>
  text.replace(/[Ａ-Ｚａ-ｚ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
/** A name that is translated or not. */
export const either = (name: string) => new RegExp(`^(${name}|${translated(name)})$`);

/** Switches the translator on in an open page. */
export async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const foreign = (text: string) =>
      text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
    const isLeft = (text: Node) => {
      const parent = text.parentElement;
      const said = parent?.closest('[translate]')?.getAttribute('translate');
      return !parent || said === 'no' || parent.closest('font, script, style, textarea, svg, code') !== null;
    };
    const take = (text: Node) => {
      if (isLeft(text) || !/[A-Za-z]/.test(text.nodeValue ?? '')) return;
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.append(foreign(text.nodeValue ?? ''));
      outer.append(inner);
      text.parentNode?.replaceChild(outer, text);
    };
    const walk = (root: Node) => {
      if (root instanceof Text) return take(root);
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Node[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      texts.forEach(take);
    };
    document.documentElement.classList.add('translated-ltr');
    walk(document.body);
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records)
        if (type === 'characterData') take(target);
        else addedNodes.forEach(walk);
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

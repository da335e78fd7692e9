// Formulas are written in TeX in `formulas.json` files and turned into MathML
// when the page is built, so that none costs the visitor a script or a font.
import katex from 'katex';
import type { Plugin } from 'vite';

/** TeX to MathML; `\text{@name}` becomes a slot that parts/Formula.svelte fills with a number. */
export function toMathml(tex: string): string {
  const html = katex.renderToString(tex, {
    output: 'mathml',
    displayMode: true,
    throwOnError: true,
    // KaTeX's own fonts have few signs; MathML is set in the page's.
    strict: (code) => (code === 'unknownSymbol' ? 'ignore' : 'error'),
  });
  const mathml = html.slice(html.indexOf('<math'), html.lastIndexOf('</math>') + '</math>'.length);
  return mathml
    .replace(/<annotation[\s\S]*?<\/annotation>/g, '')
    .replace(/<mtext>@([A-Za-z0-9]+)<\/mtext>/g, '<mn>@$1;</mn>');
}

export function formulas(): Plugin {
  return {
    name: 'atelier-formulas',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/formulas.json')) return null;
      const source = JSON.parse(code) as Record<string, string>;
      const rendered = Object.fromEntries(Object.entries(source).map(([name, tex]) => [name, toMathml(tex)]));
      return { code: JSON.stringify(rendered), map: null };
    },
  };
}

// Keeps what changes out of a page translator's reach.
//
// A translator (Chrome's, Edge's, Firefox's) puts its own nodes in place of a page's texts. A text that Svelte
// changes afterwards is no longer on the page: a number stands still for good. HTML has a word for what is not
// to be translated, `translate="no"`, and every translator keeps it. This preprocessor writes it on each element
// that has text of its own which can change, when a component is compiled: nobody has to remember it, and a room
// written tomorrow is as safe as today's.
//
// Text that does not change stays within reach: letters written in the markup, and sentences of the dictionary,
// `{say.room.sentence}`. Where a component is handed prose (`<p>{text}</p>`) it says so itself, with
// `translate="yes"` inside a `{#key}` of the text, so that another text is another element. An element with a
// `translate` of its own is left as it is.
import { parse, type AST, type PreprocessorGroup } from 'svelte/compiler';

type Node = AST.Fragment['nodes'][number];
type Expression = AST.ExpressionTag['expression'];
type Super = { type: 'Super' };

export function valuesOutOfReach(): PreprocessorGroup {
  return {
    name: 'values-out-of-reach',
    markup: ({ content, filename }) => ({ code: marked(content, filename) }),
  };
}

/** The component's source with `translate="no"` where it belongs. */
export function marked(source: string, filename = 'a component'): string {
  const places: number[] = [];
  const { fragment: root, instance } = parse(source, { modern: true });
  const dictionary = new Set(['say', ...(instance ? shortNames(instance) : [])]);

  function visit(fragment: AST.Fragment, element: AST.RegularElement | AST.SvelteElement | null) {
    const text = changing(fragment, dictionary);
    if (text && !element) {
      const line = source.slice(0, text.start).split('\n').length;
      throw new Error(
        `${filename}, line ${line}: text that can change needs an element round it, for translate="no"`,
      );
    }
    // A formula is no language, though its letters may look so.
    const isFormula = element?.name === 'math';
    if (element && (text || isFormula) && !says(element))
      places.push(element.start + 1 + element.name.length);
    within(fragment);
  }

  /** Each place further in where text can stand on its own: elements, and what components are given to show. */
  function within(fragment: AST.Fragment) {
    for (const node of fragment.nodes) {
      if (node.type === 'RegularElement' || node.type === 'SvelteElement') visit(node.fragment, node);
      else if (node.type === 'SnippetBlock') visit(node.body, null);
      else if (node.type === 'Component' || node.type === 'SvelteBoundary') visit(node.fragment, null);
      else for (const inner of branches(node)) within(inner);
    }
  }

  visit(root, null);
  places.sort((a, b) => b - a);
  // From the end, so that the places before it stay where they are.
  return places.reduce((code, at) => `${code.slice(0, at)} translate="no"${code.slice(at)}`, source);
}

/** What a component calls parts of the dictionary: `const words = $derived(say.room)`. */
function shortNames(script: AST.Script): string[] {
  return script.content.body.flatMap((statement) => {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') return [];
    return statement.declarations.flatMap(({ id, init }) => {
      const of =
        init?.type === 'CallExpression' &&
        init.callee.type === 'Identifier' &&
        init.callee.name === '$derived'
          ? init.arguments[0]
          : init;
      return id.type === 'Identifier' && of && of.type !== 'SpreadElement' && isProse(of, new Set(['say']))
        ? [id.name]
        : [];
    });
  });
}

function says(element: AST.RegularElement | AST.SvelteElement): boolean {
  return element.attributes.some((one) => one.type === 'Attribute' && one.name === 'translate');
}

/** The first text that stands in the fragment itself, not in an element of it, and can change. */
function changing(fragment: AST.Fragment, dictionary: Set<string>, comesAndGoes = false): Node | undefined {
  return fragment.nodes.find((node) => {
    if (node.type === 'ExpressionTag') return comesAndGoes || !isProse(node.expression, dictionary);
    if (node.type === 'Text') return comesAndGoes && /\S/.test(node.data);
    if (node.type === 'HtmlTag') return true;
    return branches(node).some((inner) => changing(inner, dictionary, true));
  });
}

/** What a block shows, now this and now that. */
function branches(node: Node): AST.Fragment[] {
  switch (node.type) {
    case 'IfBlock':
      return [node.consequent, ...(node.alternate ? [node.alternate] : [])];
    case 'EachBlock':
      return [node.body, ...(node.fallback ? [node.fallback] : [])];
    case 'KeyBlock':
      return [node.fragment];
    case 'AwaitBlock':
      return [node.pending, node.then, node.catch].filter((one) => one !== null);
    default:
      return [];
  }
}

/** A sentence of the dictionary as it stands, `say.room.sentence`, or a word written out. */
function isProse(expression: Expression, dictionary: Set<string>): boolean {
  if (expression.type === 'Literal') return true;
  let at: Expression | Super = expression;
  while (at.type === 'MemberExpression' && !at.computed) at = at.object;
  return at !== expression && at.type === 'Identifier' && dictionary.has(at.name);
}

// Licence expressions, as far as packages use them: names joined by AND and OR, with brackets.

/** What may be shipped in a page that is itself under the MIT licence. */
export const ACCEPTED = new Set([
  '0BSD',
  'Apache-2.0',
  'Apache-2.0 WITH LLVM-exception',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unicode-3.0',
  'Unlicense',
  'Zlib',
]);

/** Whether an expression leaves a choice that is accepted; crates of old write `MIT/Apache-2.0` for OR. */
export function isAccepted(expression) {
  const words = (expression ?? '').replaceAll('/', ' OR ').match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const take = (word) => words[at] === word && ++at > 0;

  function either() {
    let accepted = all();
    while (take('OR')) accepted = all() || accepted;
    return accepted;
  }
  function all() {
    let accepted = one();
    while (take('AND')) accepted = one() && accepted;
    return accepted;
  }
  function one() {
    if (take('(')) {
      const inner = either();
      return take(')') && inner;
    }
    const name = words[at++];
    return ACCEPTED.has(take('WITH') ? `${name} WITH ${words[at++]}` : name);
  }

  const accepted = either();
  return accepted && at === words.length;
}

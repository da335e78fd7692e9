import { describe, expect, test } from 'vitest';
import { hashOf, partsOf, queryOf, valuesOf } from './address-text';

test.each([
  ['', [], ''],
  ['#', [], ''],
  ['#/', [], ''],
  ['#/?seed=7', [], 'seed=7'],
  ['#/graph', ['graph'], ''],
  ['#graph', ['graph'], ''],
  ['#/Graph', ['graph'], ''],
  ['#/graph/', ['graph'], ''],
  ['#//One-Step/?image=3', ['one-step'], 'image=3'],
  ['#/course/Softmax?step=2', ['course', 'Softmax'], 'step=2'],
  ['#/%67raph', ['graph'], ''],
  ['#/100%', ['100%'], ''],
  ['#/__proto__', ['__proto__'], ''],
  // What stands behind a second question mark belongs to the query.
  ['#/graph?expression=x?y', ['graph'], 'expression=x?y'],
])('%s leads to %j with %j', (hash, path, query) => expect(partsOf(hash)).toEqual({ path, query }));

describe('a query', () => {
  test.each([
    // As a person types it: a plus is a plus.
    ['expression=x+y', 'x+y'],
    ['expression=x%20+%20y', 'x + y'],
    ['expression=x + y', 'x + y'],
    ['expression=(x+y)*2=z', '(x+y)*2=z'],
    ['expression=x%20%C3%97%20y+1', 'x × y+1'],
    ['expression=x?y', 'x?y'],
    // As a form writes it: a plus is a blank.
    ['expression=z+%3D+x+%2B+y', 'z = x + y'],
    ['expression=x+%2B+y', 'x + y'],
    // As this page writes it.
    ['expression=z%20=%20x%20%2B%20y%0Ay%20=%203', 'z = x + y\ny = 3'],
    ['expression=50%', '50%'],
    ['expression=', ''],
  ])('%s says %j', (query, text) => expect(valuesOf(query).get('expression')).toBe(text));

  test('comes back as it went in, whatever is in it', () => {
    const values = new URLSearchParams();
    const texts = ['x+y', 'z = x + y\n−x', '2.1,-1.3', 'w:1,온도:2', 'a&b#c?d%2B', '100%', 'ａ＋ｂ', '"<>`'];
    texts.forEach((text, at) => values.set(`k${at}`, text));
    values.set('a key+', '=');
    const query = queryOf(values);
    expect([...valuesOf(query)]).toEqual([...values]);
    // Nor does the way over an address change it.
    expect([...valuesOf(partsOf(new URL(`https://a.test/#/graph?${query}`).hash).query)]).toEqual([
      ...values,
    ]);
  });

  test('is easy to read', () => {
    expect(queryOf(new URLSearchParams({ z: '2.1,-1.3', values: 'x:1', unit: 'σ' }))).toBe(
      'z=2.1,-1.3&values=x:1&unit=%CF%83',
    );
  });
});

test('a path and a query make an address', () => {
  expect(hashOf(['graph'], '')).toBe('#/graph');
  expect(hashOf(['course', 'a b'], 'step=2')).toBe('#/course/a%20b?step=2');
});

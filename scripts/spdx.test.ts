import { expect, test } from 'vitest';
import { isAccepted } from './spdx.mjs';

test.each([
  'MIT',
  'MIT OR Apache-2.0',
  'MIT/Apache-2.0',
  '(MIT AND Zlib)',
  'GPL-3.0 OR MIT',
  'MIT OR GPL-3.0',
])('%s may be shipped', (expression) => expect(isAccepted(expression)).toBe(true));
test.each(['(MIT OR Apache-2.0) AND Unicode-3.0', 'Apache-2.0 WITH LLVM-exception', 'ISC'])(
  '%s may be shipped',
  (expression) => expect(isAccepted(expression)).toBe(true),
);
test.each(['GPL-3.0', 'MIT AND GPL-3.0', 'GPL-3.0 AND MIT', '(MIT OR ISC) AND SSPL-1.0', 'SEE LICENSE IN x'])(
  '%s may not',
  (expression) => expect(isAccepted(expression)).toBe(false),
);
test.each(['', null, undefined, 'UNLICENSED', 'MIT OR', '(MIT', 'MIT)', 'MIT ISC', 'Apache-2.0 WITH'])(
  '%s is no licence that we know',
  (expression) => expect(isAccepted(expression)).toBe(false),
);

// Holds the list of what the page is made of: a package that is bundled and not listed stops the build.
import { writeFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import parts from '../www/shell/parts.json' with { type: 'json' };

/** Packages of which code is in any bundle of this build, those of workers too. */
const bundled = new Set<string>();

/** The package that a module belongs to; Vite's and Rolldown's own helpers have ids that begin with a zero byte. */
export function packageOf(id: string): string | undefined {
  const helper = /^\0(vite|rolldown)\//.exec(id)?.[1];
  return helper ?? /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id.replaceAll('\\', '/'))?.[1];
}

/** For a worker: notes what its bundle is made of. */
export function noted(): Plugin {
  return {
    name: 'atelier-noted',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, module] of Object.entries(chunk.modules)) {
          const name = packageOf(id);
          if (name && module.renderedLength > 0) bundled.add(name);
        }
      }
    },
  };
}

/** For the page, whose workers are bundled before it: compares with the list, or writes what it found to a file. */
export function shipped(): Plugin {
  return {
    name: 'atelier-shipped',
    apply: 'build',
    writeBundle: {
      order: 'post',
      handler() {
        const found = [...bundled].sort();
        if (process.env.ATELIER_SHIPPED) {
          writeFileSync(process.env.ATELIER_SHIPPED, JSON.stringify(found));
          return;
        }
        const listed = parts.page.map(({ name }) => name).sort();
        if (JSON.stringify(found) !== JSON.stringify(listed))
          this.error(
            `the page is made of ${found.join(', ')}, and lists ${listed.join(', ')}: run make licences`,
          );
      },
    },
  };
}

// What the page's policy asks for before markup or a script's address is used: that somebody answers for it
// (https://www.w3.org/TR/trusted-types/). Two kinds of text pass here, both the build's own.
interface Policy {
  createHTML(text: string): unknown;
  createScriptURL(text: string): unknown;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { [Rule in keyof Policy]: (text: string) => string }): Policy;
}

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
const policy = trustedTypes?.createPolicy('atelier', {
  createHTML: (text) => text,
  createScriptURL: (text) => {
    const { origin } = new URL(text, location.href);
    if (origin !== location.origin) throw new TypeError(`${text} is a script of another origin`);
    return text;
  },
});

/** Markup that was made when the page was built, its values escaped. */
export const trustedMarkup = (text: string): string => (policy?.createHTML(text) ?? text) as string;

/** The address of a script of this page's own. */
export const trustedScript = (address: string | URL): string =>
  (policy?.createScriptURL(String(address)) ?? String(address)) as string;

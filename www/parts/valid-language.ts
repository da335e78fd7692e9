// Loaded before anything else. Libraries hand the browser's language to `Intl`, which throws at what is none: "C", as
// WebKitGTK calls that of a system without one. uPlot does so while it loads, and would take its rooms along.
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
}

/** The page's own folder: the built worker lies in `page/` below it, in development it does not. */
export function root(): string {
  return new URL(
    import.meta.env.PROD ? '../' : import.meta.env.BASE_URL,
    import.meta.env.PROD ? import.meta.url : self.location.origin,
  ).href;
}

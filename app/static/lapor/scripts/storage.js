/* A browser that keeps nothing for pages (a private window) just keeps nothing: `use` is called with its store,
   and nothing comes back where there is none. */
function attempt(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

export const inBrowser = (use) => attempt(() => use(localStorage));
export const inTab = (use) => attempt(() => use(sessionStorage));

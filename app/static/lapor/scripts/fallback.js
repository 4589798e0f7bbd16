/* What stands on a page for browsers without a script, hidden where there is one. */

export function showFallback(shown, root = document) {
  for (const element of root.querySelectorAll("[data-without-script]")) element.hidden = !shown;
}

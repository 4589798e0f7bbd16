/* On a phone the parts of a page that are only looked up are folded; on paper everything is open. */
const PHONE = matchMedia("(max-width: 640px)");

window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("main details:not(.menu)")) part.open = true;
});

export function foldOnPhones(root) {
  if (PHONE.matches)
    root.querySelectorAll("[data-fold]").forEach((part) => {
      part.open = false;
    });
}

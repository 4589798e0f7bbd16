/* The entrance of a secret link: what stands behind the # is taken out of the address and of the history,
   and sent in the form. */

function enter() {
  const token = location.hash.slice(1);
  const form = document.querySelector("[data-door]");
  if (!token || !form) return;
  history.replaceState(null, "", location.pathname);
  form.elements.token.value = token;
  form.requestSubmit();
}

window.addEventListener("hashchange", enter);
enter();

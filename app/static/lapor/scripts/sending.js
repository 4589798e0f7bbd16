/* While a form is on its way its button says so, and a second click sends nothing. */
export function markSending(form, sending) {
  const button = form.querySelector("[data-sending]");
  form.dataset.busy = sending ? "yes" : "";
  if (!button) return;
  button.dataset.words ||= button.textContent;
  button.textContent = sending ? button.dataset.sending : button.dataset.words;
  button.setAttribute("aria-disabled", String(sending));
}

document.addEventListener("submit", (event) => {
  if (event.target.dataset.busy) event.preventDefault();
  // Forms in a dialog are sent by script, which marks them itself.
  else if (!event.target.closest("dialog[data-page]")) markSending(event.target, true);
});

// A page that comes back from the browser's memory can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) if (form.dataset.busy) markSending(form, false);
});

/* A refusal without a form (signed out, moved on, no network): said above the form, which keeps its words. */
export function refuse(form, words) {
  markSending(form, false);
  for (const earlier of form.querySelectorAll("[role='alert']")) earlier.remove();
  const note = document.createElement("div");
  note.className = "note note--late lines";
  note.setAttribute("role", "alert");
  note.textContent = words;
  form.prepend(note);
  note.scrollIntoView({ block: "center" });
}

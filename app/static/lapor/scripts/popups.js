/* Dialogs. TUTUP closes; what was typed stays until the page is left. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const popup = opener && document.getElementById(opener.dataset.opens);
  if (popup) {
    event.preventDefault();
    popup.showModal();
  }
  const closer = event.target.closest("[data-close]");
  const dialog = closer?.closest("dialog");
  if (dialog) {
    event.preventDefault();
    dialog.close();
  }
});

/* Words for Flask-AppBuilder's scripts, which have theirs in English in the code. Loaded after select2
   and before ab.js, which asks for its placeholder as it starts. */
"use strict";

(() => {
  const words = document.getElementById("fab-words").dataset;
  const select2 = $.fn.select2;

  // ab.js and ab_filters.js name "Select a State" and "Select" themselves: ours take their place.
  $.fn.select2 = function (options, ...rest) {
    const ours = options && typeof options === "object" ? { ...options, width: "100%", placeholder: words.choose } : options;
    return select2.call(this, ours, ...rest);
  };
  Object.assign($.fn.select2, select2);

  // The alert's text comes from ab_actions.js; there is only one that it says.
  $("#modal-alert").on("show.bs.modal", () => setTimeout(() => $("#modal-alert .modal-text").text(words.noneChosen)));
})();

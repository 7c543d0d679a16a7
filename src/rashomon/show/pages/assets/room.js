// Small helps; every page can be read without them.
(function () {
  "use strict";
  // The name of who decides is kept for this visit.
  var KEY = "rashomon-author";
  function fill(root) {
    root.querySelectorAll('input[name="author"]').forEach(function (field) {
      if (!field.value) field.value = sessionStorage.getItem(KEY) || "";
      field.addEventListener("change", function () { sessionStorage.setItem(KEY, field.value); });
    });
  }
  document.addEventListener("submit", function (event) {
    var author = event.target.elements && event.target.elements.namedItem("author");
    if (author && author.value) sessionStorage.setItem(KEY, author.value);
  });
  // "/" goes to the search, as long as nothing is being written.
  document.addEventListener("keydown", function (event) {
    var writing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      var field = document.getElementById("q");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    }
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    var heading = event.target.querySelector("[data-focus]");
    if (heading) heading.focus({ preventScroll: false });
  });
  fill(document);
})();

/* Sorting, filtering, printing. Every page is complete without this. */
"use strict";
(() => {
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  all(".js").forEach((element) => { element.hidden = false; });
  all("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));

  const value = (row, column, kind) => {
    const cell = row.cells[column];
    if (kind === "text") return cell.textContent.trim().toLowerCase();
    if (kind === "date") return cell.dataset.v || null;
    const given = "v" in cell.dataset ? cell.dataset.v : cell.textContent;
    const found = parseFloat(given.replace(/[^0-9.eE+-]/g, ""));
    return Number.isNaN(found) ? null : found;
  };
  const order = (a, b) => (a === null) - (b === null) || (a < b ? -1 : a > b ? 1 : 0);

  all("th[data-sort]").forEach((head) => {
    const table = head.closest("table");
    table.classList.add("sorts");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const kind = head.dataset.sort;
      const down = head.getAttribute("aria-sort") === (kind === "text" ? "ascending" : "descending");
      const sign = (kind === "text") === down ? -1 : 1;
      all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      const body = table.tBodies[0];
      const rows = Array.from(body.rows).map((row) => [value(row, head.cellIndex, kind), row]);
      rows.sort(([a], [b]) => (a === null || b === null ? order(a, b) : sign * order(a, b)));
      body.append(...rows.map(([, row]) => row));
    });
  });

  all("input[data-filter]").forEach((input) => {
    const rows = Array.from(document.getElementById(input.dataset.filter).tBodies[0].rows);
    const output = input.parentElement.querySelector("[data-count]");
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      let shown = 0;
      rows.forEach((row) => {
        row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
        shown += row.hidden ? 0 : 1;
      });
      output.textContent = wanted ? `${shown} of ${rows.length}` : "";
    });
  });
})();

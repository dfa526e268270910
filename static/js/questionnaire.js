// Shows and hides questions at once while a page is filled in. The server decides the same when the page is sent,
// with the same expressions; without this script it asks what came up on the same page again.
import { evaluate } from "./expressions.js";

const form = document.getElementById("page-form");
const logic = JSON.parse(form.dataset.logic);

function answer(name) {
  const box = form.querySelector(`[data-element="${CSS.escape(name)}"]`);
  if (!box) return logic.answers[name] ?? "";
  if (box.closest("[hidden]")) return "";
  const field = `q.${name}`;
  const values = [...box.querySelectorAll("input, select, textarea")]
    .filter((one) => one.name === field && (!["radio", "checkbox"].includes(one.type) || one.checked))
    .map((one) => one.value.trim())
    .filter((value) => value && value !== "~");
  const parts = ["year", "month", "day"]
    .map((part) => box.querySelector(`[name="${CSS.escape(`${field}:${part}`)}"]`)?.value.trim().padStart(2, "0"))
    .filter((value) => value && value !== "00");
  return [...values, ...(parts.length > 1 ? [parts.join("-")] : [])].join(" ");
}

const scope = {
  value: answer,
  values: (name) => [answer(name)],
  count: () => 1,
  current: "",
  position: logic.position,
  today: logic.today,
  choiceLabel: (_question, option) => option,
  attribute: () => null,
};

function settle() {
  for (const [name, ast] of Object.entries(logic.show)) {
    const box = form.querySelector(`[data-element="${CSS.escape(name)}"]`);
    let shown = true;
    try {
      const value = evaluate(ast, scope);
      shown = Boolean(value) && value === value;
    } catch {
      shown = true; // when in doubt ask: the server has the last word
    }
    if (box.hidden === !shown) continue;
    box.hidden = !shown;
    for (const field of box.querySelectorAll("input, select, textarea")) field.disabled = !shown;
  }
}

form.addEventListener("change", settle);
form.addEventListener("input", settle);
settle();
